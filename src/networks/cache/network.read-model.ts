import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, QueryFilter } from 'mongoose';
import { completeNetwork } from '../rules/complete-network.js';
import { Network } from '../network.schema.js';

/** Filter by key; a deleted network has none. The `$type` is needed: without it, MongoDB does not use the partial indexes on old and pixel keys. */
export function havingKey(key: string): QueryFilter<Network> {
  const same = { $eq: key, $type: 'string' } as const;
  return { $or: [{ key }, { oldKey: same }, { pixelKey: same }], deletedAt: null };
}

/** Reads across workspaces, because only the key in a postback's path identifies the network. */
@Injectable()
export class NetworkReadModel {
  constructor(@InjectModel(Network.name) private readonly model: Model<Network>) {}

  /** By its key, its old key that has not ended yet, or its pixel key. */
  async findByKey(key: string): Promise<Network | undefined> {
    const network = await this.model.findOne(havingKey(key)).lean().exec();
    return network ? completeNetwork(network) : undefined;
  }

  /** The networks with these ids that are not deleted. */
  async findByIds(ids: readonly string[]): Promise<Network[]> {
    const networks = await this.model
      .find({ _id: { $in: ids }, deletedAt: null })
      .lean()
      .exec();
    return networks.map(completeNetwork);
  }
}
