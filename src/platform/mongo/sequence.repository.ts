import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { isConnectionLost, isDuplicateKey } from './mongo-errors.js';
import { Sequence } from './sequence.schema.js';

/** How many broken connections are retried for one number. */
const MAX_LOST = 3;

@Injectable()
export class SequenceRepository {
  constructor(@InjectModel(Sequence.name) private readonly model: Model<Sequence>) {}

  /** The next number, from 1 on. Each is returned once; numbers may be skipped. */
  async next(name: string): Promise<number> {
    for (let lost = 0; ;) {
      try {
        const sequence = await this.model
          .findOneAndUpdate({ _id: name }, { $inc: { value: 1 } }, { upsert: true, returnDocument: 'after' })
          .lean()
          .exec();
        return sequence.value;
      } catch (error) {
        if (isDuplicateKey(error)) continue; // two processes created the row at once
        if (!isConnectionLost(error) || ++lost > MAX_LOST) throw error;
      }
    }
  }

  /** The last number that was returned; 0 when there is none. */
  async current(name: string): Promise<number> {
    const sequence = await this.model.collection.findOne({ _id: name as never }, { projection: { value: 1 } });
    return (sequence as unknown as Sequence | null)?.value ?? 0;
  }
}
