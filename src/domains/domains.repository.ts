import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, UpdateQuery } from 'mongoose';
import { SequenceRepository } from '../platform/mongo/sequence.repository.js';
import { TenantRepository, type Within } from '../platform/mongo/tenant.repository.js';
import { type Transaction, Transactions } from '../platform/mongo/transactions.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { Domain } from './domain.schema.js';

/** Counts every change of a domain, so that processes can ask with one small question whether there was any. */
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
   * A transaction that changes domains. The change is counted after it, as a process that looks before would read the old
   * state; and also when no answer came, as it may have been stored.
   */
  inTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.counted(() => this.transactions.run(work));
  }

  /** With `tx`, the transaction is one of `inTransaction`: that counts the change. So for all others that take one. */
  override async insert(
    workspaceId: WorkspaceId,
    fields: Omit<Domain, 'workspaceId'>,
    tx?: Transaction,
  ): Promise<Domain> {
    return this.countedWithout(tx, () => super.insert(workspaceId, fields, tx));
  }

  override async updateOne(
    workspaceId: WorkspaceId,
    filter: Within<Domain>,
    update: UpdateQuery<Domain>,
    tx?: Transaction,
  ): Promise<Domain | undefined> {
    return this.countedWithout(tx, () => super.updateOne(workspaceId, filter, update, tx));
  }

  /** Changes only what is of no interest to whoever serves the domain: nobody is made to look. */
  note(workspaceId: WorkspaceId, filter: Within<Domain>, fields: Partial<Domain>): Promise<Domain | undefined> {
    return super.updateOne(workspaceId, filter, { $set: fields });
  }

  override async deleteById(workspaceId: WorkspaceId, id: string, tx?: Transaction): Promise<boolean> {
    return this.countedWithout(tx, () => super.deleteById(workspaceId, id, tx));
  }

  /** Takes every proof away: all of them serve nothing from now on. */
  async unverifyAll(workspaceId: WorkspaceId): Promise<void> {
    const update = { $set: { status: 'pending' }, $unset: { nextCheckAt: 1 } } as UpdateQuery<Domain>;
    await this.counted(() => super.updateMany(workspaceId, { status: 'verified' } as Within<Domain>, update));
  }

  /** Makes this one the workspace's only primary domain, or none; set on one that is verified and not archived. */
  async setPrimary(workspaceId: WorkspaceId, id: string, tx: Transaction): Promise<Domain | undefined> {
    await super.updateMany(workspaceId, { isPrimary: true, _id: { $ne: id } }, { $set: { isPrimary: false } }, tx);
    const filter = { _id: id, status: 'verified', isArchived: { $ne: true } } as Within<Domain>;
    return this.updateOne(workspaceId, filter, { $set: { isPrimary: true } }, tx);
  }

  private countedWithout<T>(tx: Transaction | undefined, write: () => Promise<T>): Promise<T> {
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
