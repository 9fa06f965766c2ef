import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { isDuplicateKey } from '../../platform/mongo/mongo-errors.js';
import { ConversionImport } from './conversion-import.schema.js';

/** Crosses workspaces on purpose: whoever has time takes the next import, whosever it is. */
@Injectable()
export class ImportsReadModel {
  constructor(@InjectModel(ConversionImport.name) private readonly model: Model<ConversionImport>) {}

  /** Whether there is one that is received or worked off. */
  async isAnyOpen(): Promise<boolean> {
    return (await this.model.exists({ status: { $in: ['receiving', 'running'] } }).exec()) !== null;
  }

  /**
   * Takes an import that nobody works on, for `leaseMs`: one that was begun, else the one that has waited longest in a
   * workspace that has none under way.
   * @param known those that the holder works on already.
   */
  async claim(holder: string, leaseMs: number, known: readonly string[]): Promise<ConversionImport | undefined> {
    const now = new Date();
    const lease = { holder, leaseUntil: new Date(now.getTime() + leaseMs) };
    const options = { returnDocument: 'after' as const };
    const begun = await this.model
      .findOneAndUpdate(
        { status: 'running', active: true, _id: { $nin: known }, $or: [{ leaseUntil: { $lt: now } }, { holder }] },
        { $set: lease },
        { ...options, sort: { leaseUntil: 1 } },
      )
      .lean<ConversionImport>()
      .exec();
    if (begun) return begun;
    const busy = await this.model.distinct('workspaceId', { active: true }).exec();
    try {
      const next = await this.model
        .findOneAndUpdate(
          { status: 'running', active: { $ne: true }, workspaceId: { $nin: busy } },
          { $set: { ...lease, active: true } },
          { ...options, sort: { _id: 1 } },
        )
        .lean<ConversionImport>()
        .exec();
      return next ?? undefined;
    } catch (error) {
      // Another process was faster with another import of that workspace.
      if (isDuplicateKey(error)) return undefined;
      throw error;
    }
  }

  /** An upload that was broken off together with the process that received it; it is marked as failed. */
  async takeBrokenOff(error: string): Promise<ConversionImport | undefined> {
    const now = new Date();
    const broken = await this.model
      .findOneAndUpdate(
        { status: 'receiving', leaseUntil: { $lt: now } },
        { $set: { status: 'failed', error, updatedAt: now } },
        { returnDocument: 'after' },
      )
      .lean<ConversionImport>()
      .exec();
    return broken ?? undefined;
  }
}
