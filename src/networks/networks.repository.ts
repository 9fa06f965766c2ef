import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, UpdateQuery } from 'mongoose';
import type { Page, PageRequest } from '../platform/http/pagination.js';
import { type FindOptions, TenantRepository, type Within } from '../platform/mongo/tenant.repository.js';
import type { Transaction } from '../platform/mongo/transactions.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { completeNetwork } from './rules/complete-network.js';
import { Network } from './network.schema.js';

/** How long a deleted network can be restored. */
export const RESTORABLE_DAYS = 30;

/** Absent in networks that were never deleted; `null` matches that too. */
const IN_USE = { deletedAt: null };

/**
 * Networks of one workspace. Deleted ones are found only by the methods that are named for them. Fields that earlier
 * releases did not store are filled with defaults.
 */
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
    return completed(await super.findOne(workspaceId, inUse(filter), tx));
  }

  override async findMany<K extends Extract<keyof Network, string> = Extract<keyof Network, string>>(
    workspaceId: WorkspaceId,
    filter: Within<Network>,
    tx?: Transaction,
    options?: FindOptions<K>,
  ): Promise<Pick<Network, K>[]> {
    return super.findMany(workspaceId, inUse(filter), tx, options);
  }

  async findByIds(workspaceId: WorkspaceId, ids: readonly string[]): Promise<Network[]> {
    const networks = await this.findMany(workspaceId, { _id: { $in: [...ids] } });
    return networks.map(completeNetwork);
  }

  override async page(workspaceId: WorkspaceId, filter: Within<Network>, page: PageRequest): Promise<Page<Network>> {
    const { rows, hasMore } = await super.page(workspaceId, inUse(filter), page);
    return { rows: rows.map(completeNetwork), hasMore };
  }

  override async updateOne(
    workspaceId: WorkspaceId,
    filter: Within<Network>,
    update: UpdateQuery<Network>,
    tx?: Transaction,
  ): Promise<Network | undefined> {
    return completed(await super.updateOne(workspaceId, inUse(filter), update, tx));
  }

  /** @param since deletions before this time are not found. */
  async findDeleted(workspaceId: WorkspaceId, id: string, since: Date, tx?: Transaction): Promise<Network | undefined> {
    return completed(await super.findOne(workspaceId, { _id: id, deletedAt: { $gte: since } }, tx));
  }

  /** Takes back the deletion. @returns the network, `undefined` if it is not deleted any more. */
  async restore(
    workspaceId: WorkspaceId,
    id: string,
    update: UpdateQuery<Network>,
    tx: Transaction,
  ): Promise<Network | undefined> {
    const filter = { _id: id, deletedAt: { $type: 'date' } } as Within<Network>;
    return completed(await super.updateOne(workspaceId, filter, update, tx));
  }

  /** The ids of all networks, deleted ones among them. */
  async listAllIds(workspaceId: WorkspaceId): Promise<string[]> {
    const networks = await super.findMany(workspaceId, {}, undefined, { fields: ['_id'] });
    return networks.map(({ _id }) => _id);
  }

  /** Removes networks for good that were deleted before this time. */
  async deleteDeletedBefore(workspaceId: WorkspaceId, time: Date): Promise<void> {
    // The type makes MongoDB use the partial index (docs/traps.md).
    const deletedAt = { $lt: time, $type: 'date' } as unknown as Date;
    await this.deleteMany(workspaceId, { deletedAt });
  }
}

function inUse(filter: Within<Network>): Within<Network> {
  return { ...filter, ...IN_USE } as Within<Network>;
}

function completed(network: Network | undefined): Network | undefined {
  return network && completeNetwork(network);
}
