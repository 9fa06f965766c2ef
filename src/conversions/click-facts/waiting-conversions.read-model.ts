import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Conversion } from '../conversion.schema.js';

/** A conversion that has not got its click's facts yet. */
export type WaitingConversion = Pick<Conversion, '_id' | 'workspaceId' | 'clickId'> & { factsDue: Date };

/** Crosses workspaces on purpose: clicks are stored by one shipper for all of them. */
@Injectable()
export class WaitingConversions {
  constructor(@InjectModel(Conversion.name) private readonly model: Model<Conversion>) {}

  /** Those that came last, which are the ones whose click is about to be stored. */
  newest(limit: number): Promise<WaitingConversion[]> {
    return this.find({}, -1, limit);
  }

  /** Oldest first. @param after where the batch before ended. */
  oldest(limit: number, after?: WaitingConversion): Promise<WaitingConversion[]> {
    const isLater = after && [
      { factsDue: { $gt: after.factsDue } },
      { factsDue: after.factsDue, _id: { $gt: after._id } },
    ];
    return this.find(isLater ? { $or: isLater } : {}, 1, limit);
  }

  private find(filter: object, order: 1 | -1, limit: number): Promise<WaitingConversion[]> {
    return this.model
      .find({ factsDue: { $exists: true }, ...filter })
      .select({ workspaceId: 1, clickId: 1, factsDue: 1 })
      .sort({ factsDue: order, _id: order })
      .limit(limit)
      .lean<WaitingConversion[]>()
      .exec();
  }
}
