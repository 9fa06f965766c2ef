import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, QueryFilter } from 'mongoose';
import { LeasedQueue } from '../platform/jobs/leased-queue.repository.js';
import type { Transaction } from '../platform/mongo/transactions.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { DemoFill } from './demo-fill.schema.js';

const LEASE_MS = 20_000;

/** The fillings of demo workspaces, as a queue of work. */
@Injectable()
export class DemoFills extends LeasedQueue<DemoFill> {
  constructor(@InjectModel(DemoFill.name) private readonly model: Model<DemoFill>) {
    super(model, LEASE_MS);
  }

  async insert(
    workspaceId: WorkspaceId,
    fields: Pick<DemoFill, 'userId' | 'userName' | 'until'>,
    tx: Transaction,
  ): Promise<void> {
    const fill: DemoFill = {
      ...fields,
      _id: workspaceId,
      workspaceId,
      state: 'filling',
      clicks: 0,
      postbacks: 0,
      total: 0,
      failures: 0,
      holder: null,
      leaseUntil: new Date(0),
    };
    await this.model.insertMany([fill], { session: tx });
  }

  async find(workspaceId: WorkspaceId): Promise<DemoFill | undefined> {
    return (await this.model.findById(workspaceId).lean<DemoFill>().exec()) ?? undefined;
  }

  claimNext(): Promise<DemoFill | undefined> {
    return this.claim({ state: 'filling' } as QueryFilter<DemoFill>, { sort: { leaseUntil: 1 } });
  }

  /**
   * Notes that clicks are stored, in the transaction that counts them.
   * @returns false when another process has the work, or has stored these clicks: the transaction must not be stored.
   */
  async countClicks({ _id, clicks }: DemoFill, stored: number, tx: Transaction): Promise<boolean> {
    const filter = { _id, clicks, holder: this.holder } as QueryFilter<DemoFill>;
    const update = { $inc: { clicks: stored }, $set: { ...this.lease(), failures: 0 } };
    return (await this.model.updateOne(filter, update, { session: tx }).exec()).matchedCount === 1;
  }
}
