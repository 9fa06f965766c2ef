import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { LeasedQueue } from './leased-queue.repository.js';
import { Lock } from './lock.schema.js';

const DEFAULT_LEASE_MS = 30_000;

/** Named locks across all processes, for work that is wasteful, but harmless, when it is done twice. */
@Injectable()
export class DistributedLock {
  private readonly locks: LeasedQueue<Lock>;

  constructor(@InjectModel(Lock.name) model: Model<Lock>) {
    this.locks = new LeasedQueue(model, DEFAULT_LEASE_MS);
  }

  /** Takes the lock for `ms`, or extends it when this process has it. @returns false while another process has it. */
  acquire(name: string, ms: number): Promise<boolean> {
    return this.locks.take(name, { leaseMs: ms });
  }

  /** Releases the lock. */
  async release(name: string): Promise<void> {
    await this.locks.release(name);
  }
}
