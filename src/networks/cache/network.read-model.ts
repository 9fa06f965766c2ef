import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, QueryFilter } from 'mongoose';
import { completeNetwork } from '../rules/complete-network.js';
import { Network } from '../network.schema.js';

/** The type is named because MongoDB takes the indexes on old and pixel keys, which are partial, for nothing less. */
export function havingKey(key: string): QueryFilter<Network> {
  const same = { $eq: key, $type: 'string' } as const;
  return { $or: [{ key }, { oldKey: same }, { pixelKey: same }] };
}

/** Crosses workspaces on purpose: the key in a postback's path is what says whose network it is. */
@Injectable()
export class NetworkReadModel {
  constructor(@InjectModel(Network.name) private readonly model: Model<Network>) {}

  /** By its key, the one before it that was not ended yet, or the one for pages. */
  async findByKey(key: string): Promise<Network | undefined> {
    const network = await this.model.findOne(havingKey(key)).lean().exec();
    return network ? completeNetwork(network) : undefined;
  }

  /** Those of the networks that are still there. */
  async findByIds(ids: readonly string[]): Promise<Network[]> {
    const networks = await this.model
      .find({ _id: { $in: ids } })
      .lean()
      .exec();
    return networks.map(completeNetwork);
  }
}
