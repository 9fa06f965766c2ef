import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Network } from '../network.schema.js';

/** A network whose mapping has changed. */
export type ChangedNetwork = Pick<Network, '_id' | 'workspaceId' | 'dialectChangedAt' | 'createdAt'>;

/** Networks of all workspaces whose mapping has changed, so that postbacks they could not read are read again. */
@Injectable()
export class ChangedNetworks {
  constructor(@InjectModel(Network.name) private readonly model: Model<Network>) {}

  /** Networks whose mapping has changed since then, the latest change last. */
  async since(time: Date): Promise<ChangedNetwork[]> {
    return this.model
      .find({ dialectChangedAt: { $gte: time }, deletedAt: null })
      .select({ workspaceId: 1, dialectChangedAt: 1, createdAt: 1 })
      .sort({ dialectChangedAt: 1 })
      .lean<ChangedNetwork[]>()
      .exec();
  }
}
