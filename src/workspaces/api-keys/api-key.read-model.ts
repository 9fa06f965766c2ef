import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { ApiKey } from './api-key.schema.js';

/** Crosses workspaces on purpose: the key decides which workspace a request belongs to. */
@Injectable()
export class ApiKeyReadModel {
  constructor(@InjectModel(ApiKey.name) private readonly model: Model<ApiKey>) {}

  /** Finds a key by the hash of its secret, or of the secret before its rotation. */
  async findByHash(hash: string): Promise<ApiKey | undefined> {
    const key = await this.model
      .findOne({ $or: [{ hash }, { oldHash: hash }] })
      .lean()
      .exec();
    return key ?? undefined;
  }
}
