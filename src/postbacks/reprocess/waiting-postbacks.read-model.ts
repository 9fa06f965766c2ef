import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Postback } from '../postback.schema.js';

/** Crosses workspaces on purpose: one job reprocesses the waiting postbacks of all workspaces. */
@Injectable()
export class WaitingPostbacks {
  constructor(@InjectModel(Postback.name) private readonly model: Model<Postback>) {}

  /** Waiting postbacks with one reason whose `waitsUntil` is after `since`, earliest first. */
  async forReason(reason: string, since: Date, limit: number): Promise<Postback[]> {
    return this.model
      .find({ reason, waitsUntil: { $gt: since } })
      .sort({ waitsUntil: 1 })
      .limit(limit)
      .lean<Postback[]>()
      .exec();
  }

  /** Chargebacks that wait for money, received after `since`, oldest first. */
  async chargebacks(since: Date, limit: number): Promise<Postback[]> {
    return this.model
      .find({ receivedAt: { $gt: since }, waitsForTxid: { $exists: true } })
      .sort({ receivedAt: 1 })
      .limit(limit)
      .lean<Postback[]>()
      .exec();
  }

  /** The number of waiting postbacks, up to `limit`. */
  async count(limit: number): Promise<number> {
    return this.model
      .countDocuments({ waitsUntil: { $gt: new Date() } })
      .limit(limit)
      .exec();
  }
}
