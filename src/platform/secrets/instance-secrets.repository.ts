import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { isDuplicateKey } from '../mongo/mongo-errors.js';
import { InstanceSecret } from './instance-secret.schema.js';

export type SecretPurpose = 'click-id' | 'visitor' | 'unlock' | 'link-cache';

@Injectable()
export class InstanceSecretsRepository {
  constructor(@InjectModel(InstanceSecret.name) private readonly model: Model<InstanceSecret>) {}

  /** The key for this purpose; the first instance to ask makes it, all others get the same. */
  async obtain(purpose: SecretPurpose): Promise<Buffer> {
    for (;;) {
      try {
        const secret = await this.model
          .findOneAndUpdate(
            { _id: purpose },
            { $setOnInsert: { value: randomBytes(32).toString('hex') } },
            { upsert: true, returnDocument: 'after', writeConcern: { w: 'majority' } },
          )
          .lean()
          .exec();
        return Buffer.from(secret.value, 'hex');
      } catch (error) {
        if (!isDuplicateKey(error)) throw error; // two made it at once: read the winner's
      }
    }
  }
}
