import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { ClickErasure } from './click-erasure.schema.js';

const BATCH = 200;

/** Crosses workspaces on purpose: whoever has time does what is due, whosever it is. */
@Injectable()
export class DueErasures {
  constructor(@InjectModel(ClickErasure.name) private readonly model: Model<ClickErasure>) {}

  async next(): Promise<ClickErasure[]> {
    const due = { dueAt: { $lte: new Date(), $ne: null } };
    return this.model.find(due).sort({ dueAt: 1 }).limit(BATCH).lean<ClickErasure[]>().exec();
  }
}
