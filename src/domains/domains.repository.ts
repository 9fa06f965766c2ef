import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, UpdateQuery } from 'mongoose';
import { SequenceRepository } from '../platform/mongo/sequence.repository.js';
import { TenantRepository, type Within } from '../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { Domain } from './domain.schema.js';

/** Counts every change of a domain, so that processes can ask with one small question whether there was any. */
export const DOMAIN_CHANGES = 'domain-changes';

@Injectable()
export class DomainsRepository extends TenantRepository<Domain> {
  constructor(
    @InjectModel(Domain.name) model: Model<Domain>,
    private readonly sequences: SequenceRepository,
  ) {
    super(model);
  }

  override async insert(workspaceId: WorkspaceId, fields: Omit<Domain, 'workspaceId'>): Promise<Domain> {
    return this.counted(() => super.insert(workspaceId, fields));
  }

  override async updateOne(
    workspaceId: WorkspaceId,
    filter: Within<Domain>,
    update: UpdateQuery<Domain>,
  ): Promise<Domain | undefined> {
    return this.counted(() => super.updateOne(workspaceId, filter, update));
  }

  /** Changes only what is of no interest to whoever serves the domain: nobody is made to look. */
  note(workspaceId: WorkspaceId, filter: Within<Domain>, fields: Partial<Domain>): Promise<Domain | undefined> {
    return super.updateOne(workspaceId, filter, { $set: fields });
  }

  override async deleteById(workspaceId: WorkspaceId, id: string): Promise<boolean> {
    return this.counted(() => super.deleteById(workspaceId, id));
  }

  /** Takes every proof away: all of them serve nothing from now on. */
  async unverifyAll(workspaceId: WorkspaceId): Promise<void> {
    const update = { $set: { status: 'pending' }, $unset: { nextCheckAt: 1 } } as UpdateQuery<Domain>;
    await this.counted(() => super.updateMany(workspaceId, { status: 'verified' } as Within<Domain>, update));
  }

  /** Makes this one the workspace's only primary domain, or none; set on one that is verified and not archived. */
  async setPrimary(workspaceId: WorkspaceId, id: string): Promise<Domain | undefined> {
    await super.updateMany(workspaceId, { isPrimary: true, _id: { $ne: id } }, { $set: { isPrimary: false } });
    const filter = { _id: id, status: 'verified', isArchived: { $ne: true } } as Within<Domain>;
    return this.updateOne(workspaceId, filter, { $set: { isPrimary: true } });
  }

  /** Even if no answer came: it may have been stored. */
  private async counted<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } finally {
      await this.sequences.next(DOMAIN_CHANGES);
    }
  }
}
