import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { LeasedQueue } from '../../platform/jobs/leased-queue.repository.js';
import { FactsMigrationState } from './facts-migration.schema.js';

const ID = 'clickFacts';
const LEASE_MS = 30_000;

/** The progress of the facts migration. One process at a time works on it. */
@Injectable()
export class FactsMigrationStateRepository extends LeasedQueue<FactsMigrationState> {
  constructor(@InjectModel(FactsMigrationState.name) private readonly model: Model<FactsMigrationState>) {
    super(model, LEASE_MS);
  }

  /** Claims the pass that is due. @returns `undefined` when none is due or another process has it. */
  async claimDuePass(): Promise<FactsMigrationState | undefined> {
    const now = new Date();
    const first = { passes: 0, after: '', dueAt: now, holder: null, leaseUntil: new Date(0) };
    await this.model.updateOne({ _id: ID }, { $setOnInsert: first }, { upsert: true }).exec();
    return this.claim({ _id: ID, dueAt: { $lte: now } }, { sort: { _id: 1 } });
  }

  async isFinished(): Promise<boolean> {
    return (await this.model.exists({ _id: ID, dueAt: null })) !== null;
  }

  /** Stores the position. @returns false when another process has taken the pass over. */
  advance(after: string): Promise<boolean> {
    return this.extend(ID, { $set: { after } });
  }

  /** Ends the pass. @param nextAt when the next pass begins; `null` after the last one. */
  endPass(nextAt: Date | null): Promise<boolean> {
    return this.release(ID, { $set: { after: '', dueAt: nextAt }, $inc: { passes: 1 } });
  }
}
