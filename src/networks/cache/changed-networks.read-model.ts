import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Network } from '../network.schema.js';

export type ChangedNetwork = Pick<Network, '_id' | 'workspaceId' | 'dialectChangedAt' | 'createdAt'>;

/** Crosses workspaces on purpose: whose dialect has changed, so that what could not be read is read again. */
@Injectable()
export class ChangedNetworks {
  constructor(@InjectModel(Network.name) private readonly model: Model<Network>) {}

  /** Those that were told since then how their requests are to be read, the latest last. */
  async since(time: Date): Promise<ChangedNetwork[]> {
    return this.model
      .find({ dialectChangedAt: { $gte: time } })
      .select({ workspaceId: 1, dialectChangedAt: 1, createdAt: 1 })
      .sort({ dialectChangedAt: 1 })
      .lean<ChangedNetwork[]>()
      .exec();
  }
}
