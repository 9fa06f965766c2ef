import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { isDuplicateKey } from '../../platform/mongo/mongo-errors.js';
import { RematchRun } from './rematch-run.schema.js';

const KEPT_MS = 30 * 86_400_000;

/** Crosses workspaces on purpose: any process takes on what is due, whosever it is. */
@Injectable()
export class RematchRuns {
  constructor(@InjectModel(RematchRun.name) private readonly model: Model<RematchRun>) {}

  async find(ids: string[]): Promise<Map<string, RematchRun>> {
    const runs = await this.model
      .find({ _id: { $in: ids } })
      .lean<RematchRun[]>()
      .exec();
    return new Map(runs.map((run) => [run._id, run]));
  }

  /** Whether it is ours now, for `leaseMs`; also to keep it for so long once more. */
  async take(id: string, holder: string, leaseMs: number): Promise<boolean> {
    const now = Date.now();
    const isFree = { $or: [{ leaseUntil: { $lt: new Date(now) } }, { holder }] };
    const lease = { holder, leaseUntil: new Date(now + leaseMs), expiresAt: new Date(now + KEPT_MS) };
    try {
      await this.model.updateOne({ _id: id, ...isFree }, { $set: lease }, { upsert: true }).exec();
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false; // it is there, and somebody else's
      throw error;
    }
  }

  /** @param waitMs for how long nobody is to take it again. */
  async release(id: string, holder: string, done: Pick<RematchRun, 'doneFor' | 'doneAt'>, waitMs = 0): Promise<void> {
    const changes = { $set: { ...done, leaseUntil: new Date(Date.now() + waitMs) }, $unset: { holder: 1 } };
    await this.model.updateOne({ _id: id, holder }, changes).exec();
  }
}
