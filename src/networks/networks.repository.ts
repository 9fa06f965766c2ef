import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, UpdateQuery } from 'mongoose';
import type { Page, PageRequest } from '../platform/http/pagination.js';
import { TenantRepository, type Within } from '../platform/mongo/tenant.repository.js';
import type { Transaction } from '../platform/mongo/transactions.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { completeNetwork } from './rules/complete-network.js';
import { Network } from './network.schema.js';

/** Networks of one workspace. Fields that earlier releases did not store are filled with defaults. */
@Injectable()
export class NetworksRepository extends TenantRepository<Network> {
  constructor(@InjectModel(Network.name) model: Model<Network>) {
    super(model);
  }

  override async findOne(
    workspaceId: WorkspaceId,
    filter: Within<Network>,
    tx?: Transaction,
  ): Promise<Network | undefined> {
    return completed(await super.findOne(workspaceId, filter, tx));
  }

  async findByIds(workspaceId: WorkspaceId, ids: readonly string[]): Promise<Network[]> {
    const networks = await this.findMany(workspaceId, { _id: { $in: [...ids] } });
    return networks.map(completeNetwork);
  }

  override async page(workspaceId: WorkspaceId, filter: Within<Network>, page: PageRequest): Promise<Page<Network>> {
    const { rows, hasMore } = await super.page(workspaceId, filter, page);
    return { rows: rows.map(completeNetwork), hasMore };
  }

  override async updateOne(
    workspaceId: WorkspaceId,
    filter: Within<Network>,
    update: UpdateQuery<Network>,
    tx?: Transaction,
  ): Promise<Network | undefined> {
    return completed(await super.updateOne(workspaceId, filter, update, tx));
  }
}

function completed(network: Network | undefined): Network | undefined {
  return network && completeNetwork(network);
}
