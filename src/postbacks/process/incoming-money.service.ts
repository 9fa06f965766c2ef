import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';

/** A transaction id for which money was stored. */
export interface IncomingTransaction {
  networkId: string;
  txid: string;
}

/** Transaction ids whose money this process has stored, until the job that reprocesses chargebacks takes them. */
@Injectable()
export class IncomingMoney {
  private byWorkspace = new Map<WorkspaceId, IncomingTransaction[]>();

  /** Calling it again for the same money is harmless. */
  add(workspaceId: WorkspaceId, incoming: readonly IncomingTransaction[]): void {
    if (incoming.length === 0) return;
    this.byWorkspace.set(workspaceId, [...(this.byWorkspace.get(workspaceId) ?? []), ...incoming]);
  }

  takeAll(): ReadonlyMap<WorkspaceId, readonly IncomingTransaction[]> {
    const taken = this.byWorkspace;
    this.byWorkspace = new Map();
    return taken;
  }
}
