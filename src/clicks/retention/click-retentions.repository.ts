import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository } from '../../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { ClickRetentionPosition } from './click-retention.schema.js';

@Injectable()
export class ClickRetentionsRepository extends TenantRepository<ClickRetentionPosition> {
  constructor(@InjectModel(ClickRetentionPosition.name) model: Model<ClickRetentionPosition>) {
    super(model);
  }

  async getTruncatedUntil(workspaceId: WorkspaceId): Promise<Date> {
    return (await this.findById(workspaceId, workspaceId))?.truncatedUntil ?? new Date(0);
  }

  async moveTo(workspaceId: WorkspaceId, truncatedUntil: Date): Promise<void> {
    if (await this.updateById(workspaceId, workspaceId, { $set: { truncatedUntil } })) return;
    await this.insert(workspaceId, { _id: workspaceId, truncatedUntil });
  }
}
