import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository } from '../platform/mongo/tenant.repository.js';
import type { Transaction } from '../platform/mongo/transactions.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { ClickLock } from './click-lock.schema.js';

@Injectable()
export class ClickLocksRepository extends TenantRepository<ClickLock> {
  constructor(@InjectModel(ClickLock.name) model: Model<ClickLock>) {
    super(model);
  }

  /** From here on, no other transaction on these persons' conversions can commit before this one has ended. */
  async take(workspaceId: WorkspaceId, nodes: Iterable<string>, tx: Transaction): Promise<void> {
    const additions = [...nodes].sort().map((node) => ({ _id: `${workspaceId}:${node}`, add: { version: 1 } }));
    await this.addMany(workspaceId, additions, tx);
  }
}
