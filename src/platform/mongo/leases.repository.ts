import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Lease } from './lease.schema.js';
import { isDuplicateKey } from './mongo-errors.js';

/** For work that is harmless when it is done twice, and a waste. */
@Injectable()
export class Leases {
  constructor(@InjectModel(Lease.name) private readonly model: Model<Lease>) {}

  /** Takes or prolongs a lease. @returns false while another has it. */
  async take(name: string, holder: string, ms: number): Promise<boolean> {
    const now = Date.now();
    const free = { _id: name, $or: [{ leaseUntil: { $lt: new Date(now) } }, { holder }] };
    try {
      await this.model.updateOne(free, { $set: { holder, leaseUntil: new Date(now + ms) } }, { upsert: true }).exec();
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }
}
