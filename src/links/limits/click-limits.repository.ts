import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { isDuplicateKey } from '../../platform/mongo/mongo-errors.js';
import { TenantRepository } from '../../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { ClickLimit } from './click-limit.schema.js';

/** Counts limited clicks in MongoDB, exactly over all processes. */
@Injectable()
export class ClickLimitsRepository extends TenantRepository<ClickLimit> {
  constructor(@InjectModel(ClickLimit.name) model: Model<ClickLimit>) {
    super(model);
  }

  /** Takes the wanted number of clicks, or as many as remain. @returns the number taken. */
  async take(workspaceId: WorkspaceId, linkId: string, limit: number, wanted: number): Promise<number> {
    const hasEnoughLeft = { _id: linkId, used: { $lte: limit - wanted } };
    if (await this.updateOne(workspaceId, hasEnoughLeft, { $inc: { used: wanted } })) return wanted;
    for (;;) {
      const known = await this.findById(workspaceId, linkId);
      const got = Math.min(wanted, limit - (known?.used ?? 0));
      if (got <= 0) return 0;
      // Another process may have taken clicks meanwhile: read again.
      const isTaken = known
        ? await this.updateOne(workspaceId, { _id: linkId, used: known.used }, { $inc: { used: got } })
        : await this.insertFirst(workspaceId, linkId, got);
      if (isTaken) return got;
    }
  }

  /** Returns a click that was taken but not redirected. */
  async giveBack(workspaceId: WorkspaceId, linkId: string): Promise<void> {
    await this.updateOne(workspaceId, { _id: linkId }, { $inc: { used: -1 } });
  }

  /** Stores a link's first clicks. @returns false when the link has a count already. */
  private async insertFirst(workspaceId: WorkspaceId, linkId: string, used: number): Promise<boolean> {
    try {
      await this.insert(workspaceId, { _id: linkId, used });
      return true;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return false;
    }
  }

  /** The number of clicks used by each link; links without any are absent. */
  async usedBy(workspaceId: WorkspaceId, linkIds: readonly string[]): Promise<Map<string, number>> {
    if (linkIds.length === 0) return new Map();
    const found = await this.findMany(workspaceId, { _id: { $in: [...linkIds] } });
    return new Map(found.map(({ _id, used }) => [_id, used]));
  }

  async used(workspaceId: WorkspaceId, linkId: string): Promise<number> {
    return (await this.findById(workspaceId, linkId))?.used ?? 0;
  }
}
