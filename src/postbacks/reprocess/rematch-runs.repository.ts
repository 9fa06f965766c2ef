import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { LeasedQueue } from '../../platform/jobs/leased-queue.repository.js';
import { RematchRun } from './rematch-run.schema.js';

const LEASE_MS = 30_000;
const KEPT_MS = 30 * 86_400_000;

/** The rematch runs of all workspaces. A run has the id of its network. */
@Injectable()
export class RematchRuns extends LeasedQueue<RematchRun> {
  constructor(@InjectModel(RematchRun.name) private readonly model: Model<RematchRun>) {
    super(model, LEASE_MS);
  }

  /** Runs by network id; absent for networks without one. */
  async find(ids: string[]): Promise<Map<string, RematchRun>> {
    const runs = await this.model
      .find({ _id: { $in: ids } })
      .lean<RematchRun[]>()
      .exec();
    return new Map(runs.map((run) => [run._id, run]));
  }

  /** Claims the run of a network, or extends its lease. @returns false while another process holds it. */
  takeNetwork(networkId: string): Promise<boolean> {
    return this.take(networkId, { set: { expiresAt: new Date(Date.now() + KEPT_MS) } });
  }

  async releaseNetwork(networkId: string, done: Pick<RematchRun, 'doneFor' | 'doneAt'>): Promise<void> {
    await this.release(networkId, { $set: done });
  }
}
