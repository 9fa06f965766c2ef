import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { BulkReplay } from './bulk-replay.schema.js';

/** Crosses workspaces on purpose: whoever has time takes the next order, whosever it is. */
@Injectable()
export class BulkReplayReadModel {
  constructor(@InjectModel(BulkReplay.name) private readonly model: Model<BulkReplay>) {}

  /** Takes an order that nobody works on, for `leaseMs`. */
  async claim(holder: string, leaseMs: number): Promise<BulkReplay | undefined> {
    const now = new Date();
    const claimed = await this.model
      .findOneAndUpdate(
        { state: 'running', leaseUntil: { $lt: now } },
        { $set: { holder, leaseUntil: new Date(now.getTime() + leaseMs) } },
        { sort: { leaseUntil: 1 }, returnDocument: 'after' },
      )
      .lean<BulkReplay>()
      .exec();
    return claimed ?? undefined;
  }
}
