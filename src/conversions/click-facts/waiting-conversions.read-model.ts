import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Conversion } from '../conversion.schema.js';

/** A conversion that lacks the facts of its click. */
export type WaitingConversion = Pick<Conversion, '_id' | 'workspaceId' | 'clickId'> & { factsDue: Date };

/** Reads across workspaces, because one shipper stores the clicks of all workspaces. */
@Injectable()
export class WaitingConversions {
  constructor(@InjectModel(Conversion.name) private readonly model: Model<Conversion>) {}

  /** Newest first: their clicks are the most likely to be stored soon. */
  newest(limit: number): Promise<WaitingConversion[]> {
    return this.find({}, -1, limit);
  }

  /** Oldest first. @param after the last conversion of the previous batch. */
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
