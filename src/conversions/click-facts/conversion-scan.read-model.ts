import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { type ClickFacts, Conversion } from '../conversion.schema.js';

/** A conversion with as much of its facts as shows whether they are complete. */
export type ScannedConversion = Pick<Conversion, '_id' | 'workspaceId' | 'clickId' | 'factsDue'> & {
  facts?: Pick<ClickFacts, 'inApp'> | null;
};

const FIELDS = { workspaceId: 1, clickId: 1, factsDue: 1, 'facts.inApp': 1 };

/** Reads conversions of all workspaces, because a migration concerns all of them. */
@Injectable()
export class ConversionScanReadModel {
  constructor(@InjectModel(Conversion.name) private readonly model: Model<Conversion>) {}

  /** In the order of ids, after the given one. Not filtered, so that a batch costs the same when nothing is left to do. */
  batch(after: string, limit: number): Promise<ScannedConversion[]> {
    const found = this.model
      .find({ _id: { $gt: after } })
      .select(FIELDS)
      .sort({ _id: 1 })
      .limit(limit);
    return found.lean<ScannedConversion[]>().exec();
  }
}
