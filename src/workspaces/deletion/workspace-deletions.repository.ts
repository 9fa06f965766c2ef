import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { LeasedQueue } from '../../platform/jobs/leased-queue.repository.js';
import type { Transaction } from '../../platform/mongo/transactions.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { WorkspaceDeletion } from './workspace-deletion.schema.js';

const LEASE_MS = 20_000;

/** The deletions of workspaces, as a queue of work. They outlive the workspaces. */
@Injectable()
export class WorkspaceDeletionsRepository extends LeasedQueue<WorkspaceDeletion> {
  constructor(@InjectModel(WorkspaceDeletion.name) private readonly model: Model<WorkspaceDeletion>) {
    super(model, LEASE_MS);
  }

  async insert(id: WorkspaceId, dueAt: Date, tx: Transaction): Promise<WorkspaceDeletion> {
    const now = new Date();
    const deletion = {
      _id: id,
      requestedAt: now,
      deleted: {},
      finishedAt: null,
      dueAt,
      holder: null,
      leaseUntil: new Date(0),
    };
    await this.model.insertMany([deletion], { session: tx });
    return deletion;
  }

  async find(id: WorkspaceId): Promise<WorkspaceDeletion | undefined> {
    return (await this.model.findById(id).lean<WorkspaceDeletion>().exec()) ?? undefined;
  }

  /** Claims the deletion that is due longest. */
  claimNext(): Promise<WorkspaceDeletion | undefined> {
    return this.claim({ dueAt: { $lte: new Date() } }, { sort: { dueAt: 1 } });
  }
}
