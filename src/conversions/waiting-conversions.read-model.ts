import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Conversion } from './conversion.schema.js';

/** A conversion that has not got its click's facts yet. */
export type WaitingConversion = Pick<Conversion, '_id' | 'workspaceId' | 'clickId'> & { factsDue: Date };

/** Crosses workspaces on purpose: clicks are stored by one shipper for all of them. */
@Injectable()
export class WaitingConversions {
  constructor(@InjectModel(Conversion.name) private readonly model: Model<Conversion>) {}

  /** Those that give up first come first. @param after where the batch before ended. */
  async batch(limit: number, after?: WaitingConversion): Promise<WaitingConversion[]> {
    const isLater = after && [
      { factsDue: { $gt: after.factsDue } },
      { factsDue: after.factsDue, _id: { $gt: after._id } },
    ];
    return this.model
      .find({ factsDue: { $exists: true }, ...(isLater && { $or: isLater }) })
      .select({ workspaceId: 1, clickId: 1, factsDue: 1 })
      .sort({ factsDue: 1, _id: 1 })
      .limit(limit)
      .lean<WaitingConversion[]>()
      .exec();
  }
}
