import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository } from '../../platform/mongo/tenant.repository.js';
import type { Transaction } from '../../platform/mongo/transactions.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { PlayerLock } from './player-lock.schema.js';

/** Locks players, so that their first deposits are chosen by one transaction at a time. */
@Injectable()
export class PlayerLocksRepository extends TenantRepository<PlayerLock> {
  constructor(@InjectModel(PlayerLock.name) model: Model<PlayerLock>) {
    super(model);
  }

  /** Until this transaction ends, no other one that changes these players' conversions can commit. */
  async take(workspaceId: WorkspaceId, players: Iterable<string>, tx: Transaction): Promise<void> {
    const additions = [...players].sort().map((player) => ({ _id: `${workspaceId}:${player}`, add: { version: 1 } }));
    await this.addMany(workspaceId, additions, tx);
  }
}
