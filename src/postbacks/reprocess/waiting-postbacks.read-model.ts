import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Postback } from '../postback.schema.js';

/** Crosses workspaces on purpose: what waits is looked after for all of them together. */
@Injectable()
export class WaitingPostbacks {
  constructor(@InjectModel(Postback.name) private readonly model: Model<Postback>) {}

  /** Those that wait for the same, the first to give up waiting first; after `since`, which is such a time. */
  async forReason(reason: string, since: Date, limit: number): Promise<Postback[]> {
    return this.model
      .find({ reason, waitsUntil: { $gt: since } })
      .sort({ waitsUntil: 1 })
      .limit(limit)
      .lean<Postback[]>()
      .exec();
  }

  /** Requests that take a transaction back, received after `since`, oldest first. */
  async chargebacks(since: Date, limit: number): Promise<Postback[]> {
    return this.model
      .find({ receivedAt: { $gt: since }, waitsForTxid: { $exists: true } })
      .sort({ receivedAt: 1 })
      .limit(limit)
      .lean<Postback[]>()
      .exec();
  }

  async count(limit: number): Promise<number> {
    return this.model
      .countDocuments({ waitsUntil: { $gt: new Date() } })
      .limit(limit)
      .exec();
  }
}
