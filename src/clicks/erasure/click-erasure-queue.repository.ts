import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { LeasedQueue } from '../../platform/jobs/leased-queue.repository.js';
import { ClickErasure } from './click-erasure.schema.js';

/** Longer than an erasure takes, including the retries of its transaction. */
const LEASE_MS = 10_000;

/** The pending erasures of all workspaces. */
@Injectable()
export class ClickErasureQueue extends LeasedQueue<ClickErasure> {
  constructor(@InjectModel(ClickErasure.name) model: Model<ClickErasure>) {
    super(model, LEASE_MS);
  }

  claimNext(): Promise<ClickErasure | undefined> {
    return this.claimDue('dueAt');
  }
}
