import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, UpdateQuery } from 'mongoose';
import type { Transaction } from '../../platform/mongo/transactions.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { WorkspaceDeletion } from './workspace-deletion.schema.js';

const LEASE_MS = 20_000;

/** The deletions of workspaces themselves: they outlive what they delete. */
@Injectable()
export class WorkspaceDeletionsRepository {
  constructor(@InjectModel(WorkspaceDeletion.name) private readonly model: Model<WorkspaceDeletion>) {}

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

  /** Takes one that is due and that nobody works on. */
  async claim(holder: string): Promise<WorkspaceDeletion | undefined> {
    const now = new Date();
    const claimed = await this.model
      .findOneAndUpdate(
        { dueAt: { $lte: now }, $or: [{ leaseUntil: { $lt: now } }, { holder }] },
        { $set: { holder, leaseUntil: leaseEnd() } },
        { returnDocument: 'after', sort: { dueAt: 1 } },
      )
      .lean<WorkspaceDeletion>()
      .exec();
    return claimed ?? undefined;
  }

  /** @returns false when another has taken it over. */
  async update(id: WorkspaceId, holder: string, update: UpdateQuery<WorkspaceDeletion>): Promise<boolean> {
    const { $set, ...rest } = update;
    const change = { ...rest, $set: { leaseUntil: leaseEnd(), ...$set } };
    return (await this.model.updateOne({ _id: id, holder }, change).exec()).matchedCount === 1;
  }
}

function leaseEnd(): Date {
  return new Date(Date.now() + LEASE_MS);
}
