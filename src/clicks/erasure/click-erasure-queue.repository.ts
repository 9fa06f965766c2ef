import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { LeasedQueue } from '../../platform/jobs/leased-queue.repository.js';
import { ClickErasure } from './click-erasure.schema.js';

/** Longer than the erasure of a click takes, with the retries of its transaction. */
const LEASE_MS = 10_000;

/** The clicks of all workspaces that are to be erased, or erased once more. */
@Injectable()
export class ClickErasureQueue extends LeasedQueue<ClickErasure> {
  constructor(@InjectModel(ClickErasure.name) model: Model<ClickErasure>) {
    super(model, LEASE_MS);
  }

  claimNext(): Promise<ClickErasure | undefined> {
    return this.claimDue('dueAt');
  }
}
