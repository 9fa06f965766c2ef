import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { LeasedQueue } from '../platform/jobs/leased-queue.repository.js';
import { ImportJob } from './import-job.schema.js';

const LEASE_MS = 20_000;

/** The import jobs of all workspaces that are to be worked on. A unique index allows one active job of a kind per workspace. */
@Injectable()
export class ImportJobQueue extends LeasedQueue<ImportJob> {
  constructor(@InjectModel(ImportJob.name) private readonly model: Model<ImportJob>) {
    super(model, LEASE_MS);
  }

  /** Whether a job is being received or worked on. */
  async isAnyOpen(): Promise<boolean> {
    return (await this.model.exists({ status: { $in: ['receiving', 'running'] } }).exec()) !== null;
  }

  /**
   * Claims a job that was begun; otherwise the one that has waited longest in a workspace without an active one of its kind.
   * @param known jobs that this process works on already.
   */
  async claimNext(known: readonly string[]): Promise<ImportJob | undefined> {
    const begun = { status: 'running', active: true, _id: { $nin: known } } as const;
    const resumed = await this.claim(begun, { sort: { leaseUntil: 1 } });
    if (resumed) return resumed;
    const active = await this.model.find({ active: true }).select({ workspaceId: 1, kind: 1 }).lean().exec();
    const busy = active.map(({ workspaceId, kind = null }) => ({ workspaceId, kind }));
    const waiting = {
      status: 'running',
      active: { $ne: true },
      _id: { $nin: known },
      ...(busy.length > 0 && { $nor: busy }),
    } as const;
    return this.claim(waiting, { sort: { _id: 1 }, set: { active: true } });
  }

  /** Claims this job, unless another one of its kind is active in its workspace. */
  async claimOne(id: string): Promise<ImportJob | undefined> {
    return this.claim({ _id: id, status: 'running' }, { sort: { _id: 1 }, set: { active: true } });
  }

  /** Marks as failed an upload that was broken off together with the process that received it. */
  async failBrokenOff(error: string): Promise<ImportJob | undefined> {
    const now = new Date();
    const broken = await this.model
      .findOneAndUpdate(
        { status: 'receiving', leaseUntil: { $lt: now } },
        { $set: { status: 'failed', error, updatedAt: now } },
        { returnDocument: 'after' },
      )
      .lean<ImportJob>()
      .exec();
    return broken ?? undefined;
  }
}
