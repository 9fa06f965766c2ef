import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { isDuplicateKey } from '../../platform/mongo/mongo-errors.js';
import { TenantRepository } from '../../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { NetworkTestResult } from './network-test-result.schema.js';

/** The last test of each network. */
@Injectable()
export class NetworkTestResults extends TenantRepository<NetworkTestResult> {
  constructor(@InjectModel(NetworkTestResult.name) model: Model<NetworkTestResult>) {
    super(model);
  }

  /** Replaces the result of the network's previous test. */
  async save(workspaceId: WorkspaceId, result: Omit<NetworkTestResult, 'workspaceId'>): Promise<void> {
    const { _id, ...fields } = result;
    const replace = (): Promise<unknown> => this.updateById(workspaceId, _id, { $set: fields });
    if ((await replace()) !== undefined) return;
    try {
      await this.insert(workspaceId, result);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error; // another test has ended meanwhile
      await replace();
    }
  }

  /** The last test of any network of the workspace. */
  async findLast(workspaceId: WorkspaceId): Promise<NetworkTestResult | undefined> {
    return (await this.findMany(workspaceId, {}, undefined, { sort: { at: -1 }, limit: 1 }))[0];
  }
}
