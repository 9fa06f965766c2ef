import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { isDuplicateKey } from '../platform/mongo/mongo-errors.js';
import { TenantRepository } from '../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { ClickLimit } from './click-limit.schema.js';

/** Counts in the database what must be exact over all processes. */
@Injectable()
export class ClickLimitsRepository extends TenantRepository<ClickLimit> {
  constructor(@InjectModel(ClickLimit.name) model: Model<ClickLimit>) {
    super(model);
  }

  /** Uses one up. @returns false when there is none left. */
  async take(workspaceId: WorkspaceId, linkId: string, limit: number): Promise<boolean> {
    const hasLeft = { _id: linkId, used: { $lt: limit } };
    const taken = await this.updateOne(workspaceId, hasLeft, { $inc: { used: 1 } });
    if (taken !== undefined) return true;
    try {
      await this.insert(workspaceId, { _id: linkId, used: 1 }); // the link's first click
      return true;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      // Another click was the first, or all are used up.
      return (await this.updateOne(workspaceId, hasLeft, { $inc: { used: 1 } })) !== undefined;
    }
  }

  /** For a click that was taken but not led on. */
  async giveBack(workspaceId: WorkspaceId, linkId: string): Promise<void> {
    await this.updateOne(workspaceId, { _id: linkId }, { $inc: { used: -1 } });
  }

  async used(workspaceId: WorkspaceId, linkId: string): Promise<number> {
    return (await this.findById(workspaceId, linkId))?.used ?? 0;
  }
}
