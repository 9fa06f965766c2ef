import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { isDuplicateKey } from '../../platform/mongo/mongo-errors.js';
import { TenantRepository } from '../../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { CheckResult } from './check-result.schema.js';

/** The last check of each link. A new one replaces it. */
@Injectable()
export class CheckResultsRepository extends TenantRepository<CheckResult> {
  constructor(@InjectModel(CheckResult.name) model: Model<CheckResult>) {
    super(model);
  }

  /** The last checks of the workspace's links, newest first. */
  findLatest(workspaceId: WorkspaceId, limit: number): Promise<CheckResult[]> {
    return this.findMany(workspaceId, {}, undefined, { sort: { checkedAt: -1 }, limit });
  }

  async save(workspaceId: WorkspaceId, result: Omit<CheckResult, 'workspaceId'>): Promise<void> {
    const { _id, ...fields } = result;
    const replace = (): Promise<CheckResult | undefined> => this.updateById(workspaceId, _id, { $set: fields });
    if ((await replace()) !== undefined) return;
    try {
      await this.insert(workspaceId, result);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      await replace(); // another request has stored one meanwhile
    }
  }
}
