import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { isConnectionLost, isDuplicateKey } from './mongo-errors.js';
import { Sequence } from './sequence.schema.js';

/** Connections that may break before a number is had: the next one is made when MongoDB can be reached. */
const MAX_LOST = 3;

@Injectable()
export class SequenceRepository {
  constructor(@InjectModel(Sequence.name) private readonly model: Model<Sequence>) {}

  /** The next number, from 1 on; never the same twice. Numbers may be skipped. */
  async next(name: string): Promise<number> {
    for (let lost = 0; ;) {
      try {
        const sequence = await this.model
          .findOneAndUpdate({ _id: name }, { $inc: { value: 1 } }, { upsert: true, returnDocument: 'after' })
          .lean()
          .exec();
        return sequence.value;
      } catch (error) {
        if (isDuplicateKey(error)) continue; // two created the row at once
        if (!isConnectionLost(error) || ++lost > MAX_LOST) throw error;
      }
    }
  }

  /** The number that was given out last; 0 when none was. */
  async current(name: string): Promise<number> {
    const sequence = await this.model.collection.findOne({ _id: name as never }, { projection: { value: 1 } });
    return (sequence as unknown as Sequence | null)?.value ?? 0;
  }
}
