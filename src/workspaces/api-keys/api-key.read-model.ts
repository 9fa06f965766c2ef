import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { ApiKey } from './api-key.schema.js';

/** Crosses workspaces on purpose: a key is what says which workspace a request belongs to. */
@Injectable()
export class ApiKeyReadModel {
  constructor(@InjectModel(ApiKey.name) private readonly model: Model<ApiKey>) {}

  /** Whose secret this is, or was before it was rotated. */
  async findByHash(hash: string): Promise<ApiKey | undefined> {
    const key = await this.model
      .findOne({ $or: [{ hash }, { oldHash: hash }] })
      .lean()
      .exec();
    return key ?? undefined;
  }
}
