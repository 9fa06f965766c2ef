import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { LeasedQueue } from '../../platform/jobs/leased-queue.repository.js';
import { ConversionImport } from './conversion-import.schema.js';

const LEASE_MS = 20_000;

/** The imports of all workspaces that are to be worked on. A unique index allows one active import per workspace. */
@Injectable()
export class ConversionImportQueue extends LeasedQueue<ConversionImport> {
  constructor(@InjectModel(ConversionImport.name) private readonly model: Model<ConversionImport>) {
    super(model, LEASE_MS);
  }

  /** Whether an import is being received or worked on. */
  async isAnyOpen(): Promise<boolean> {
    return (await this.model.exists({ status: { $in: ['receiving', 'running'] } }).exec()) !== null;
  }

  /**
   * Claims an import that was begun; otherwise the one that has waited longest in a workspace without an active one.
   * @param known imports that this process works on already.
   */
  async claimNext(known: readonly string[]): Promise<ConversionImport | undefined> {
    const begun = { status: 'running', active: true, _id: { $nin: known } } as const;
    const resumed = await this.claim(begun, { sort: { leaseUntil: 1 } });
    if (resumed) return resumed;
    const busy = await this.model.distinct('workspaceId', { active: true }).exec();
    const waiting = { status: 'running', active: { $ne: true }, workspaceId: { $nin: busy } } as const;
    return this.claim(waiting, { sort: { _id: 1 }, set: { active: true } });
  }

  /** Marks as failed an upload that was broken off together with the process that received it. */
  async failBrokenOff(error: string): Promise<ConversionImport | undefined> {
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
