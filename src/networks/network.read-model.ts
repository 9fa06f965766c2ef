import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Network } from './network.schema.js';

/** Crosses workspaces on purpose: the key in a postback's path is what says whose network it is. */
@Injectable()
export class NetworkReadModel {
  constructor(@InjectModel(Network.name) private readonly model: Model<Network>) {}

  async findByKey(key: string): Promise<Network | undefined> {
    const network = await this.model.findOne({ key }).lean().exec();
    return network ?? undefined;
  }
}
