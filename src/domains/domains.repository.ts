import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, UpdateQuery } from 'mongoose';
import { SequenceRepository } from '../platform/mongo/sequence.repository.js';
import { TenantRepository, type Within } from '../platform/mongo/tenant.repository.js';
import { type Transaction, Transactions } from '../platform/mongo/transactions.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { Domain } from './domain.schema.js';

/** A sequence that every change of a domain raises. Processes poll it instead of the domains. */
export const DOMAIN_CHANGES = 'domain-changes';

@Injectable()
export class DomainsRepository extends TenantRepository<Domain> {
  constructor(
    @InjectModel(Domain.name) model: Model<Domain>,
    private readonly sequences: SequenceRepository,
    private readonly transactions: Transactions,
  ) {
    super(model);
  }

  /**
   * A transaction that changes domains. It is counted afterwards: a process that polled before would read the old state.
   * It is also counted when MongoDB did not answer, as it may have been stored.
   */
  inTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.counted(() => this.transactions.run(work));
  }

  /** With `tx`, the change is counted by `inTransaction`. This holds for all methods that take a `tx`. */
  override async insert(
    workspaceId: WorkspaceId,
    fields: Omit<Domain, 'workspaceId'>,
    tx?: Transaction,
  ): Promise<Domain> {
    return this.countedUnlessIn(tx, () => super.insert(workspaceId, fields, tx));
  }

  override async updateOne(
    workspaceId: WorkspaceId,
    filter: Within<Domain>,
    update: UpdateQuery<Domain>,
    tx?: Transaction,
  ): Promise<Domain | undefined> {
    return this.countedUnlessIn(tx, () => super.updateOne(workspaceId, filter, update, tx));
  }

  /** Changes fields that requests do not depend on: processes need not reload the domain. */
  updateUncounted(
    workspaceId: WorkspaceId,
    filter: Within<Domain>,
    fields: Partial<Domain>,
  ): Promise<Domain | undefined> {
    return super.updateOne(workspaceId, filter, { $set: fields });
  }

  override async deleteById(workspaceId: WorkspaceId, id: string, tx?: Transaction): Promise<boolean> {
    return this.countedUnlessIn(tx, () => super.deleteById(workspaceId, id, tx));
  }

  /** Makes every domain of the workspace unverified: none serves links from now on. */
  async unverifyAll(workspaceId: WorkspaceId): Promise<void> {
    const update = { $set: { status: 'pending' }, $unset: { nextCheckAt: 1 } } as UpdateQuery<Domain>;
    await this.counted(() => super.updateMany(workspaceId, { status: 'verified' } as Within<Domain>, update));
  }

  /** Makes this the only primary domain. `undefined` when it is not verified or archived; then there is none. */
  async setPrimary(workspaceId: WorkspaceId, id: string, tx: Transaction): Promise<Domain | undefined> {
    await super.updateMany(workspaceId, { isPrimary: true, _id: { $ne: id } }, { $set: { isPrimary: false } }, tx);
    const filter = { _id: id, status: 'verified', isArchived: { $ne: true } } as Within<Domain>;
    return this.updateOne(workspaceId, filter, { $set: { isPrimary: true } }, tx);
  }

  private countedUnlessIn<T>(tx: Transaction | undefined, write: () => Promise<T>): Promise<T> {
    return tx === undefined ? this.counted(write) : write();
  }

  private async counted<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } finally {
      await this.sequences.next(DOMAIN_CHANGES);
    }
  }
}
