import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { LeasedQueue } from '../../platform/jobs/leased-queue.repository.js';
import { Domain } from '../domain.schema.js';

/** Longer than any check takes. */
const LEASE_MS = 10 * 60_000;

/** Verified domains whose proof is to be checked again. */
@Injectable()
export class DomainRecheckQueue extends LeasedQueue<Domain> {
  constructor(@InjectModel(Domain.name) model: Model<Domain>) {
    super(model, LEASE_MS);
  }

  /** Claims the domain whose check is overdue longest. Other processes get it only after the lease. */
  claimNext(): Promise<Domain | undefined> {
    return this.claimDue('nextCheckAt', { status: 'verified' });
  }
}
