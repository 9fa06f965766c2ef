import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { LeasedQueue } from '../../platform/jobs/leased-queue.repository.js';
import { BulkReplay } from './bulk-replay.schema.js';

const LEASE_MS = 15_000;

/** The running bulk replays of all workspaces. */
@Injectable()
export class BulkReplayQueue extends LeasedQueue<BulkReplay> {
  constructor(@InjectModel(BulkReplay.name) model: Model<BulkReplay>) {
    super(model, LEASE_MS);
  }

  /** Claims the bulk replay that has waited the longest. */
  claimNext(): Promise<BulkReplay | undefined> {
    return this.claim({ state: 'running' }, { sort: { leaseUntil: 1 } });
  }
}
