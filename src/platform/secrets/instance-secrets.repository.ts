import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { isDuplicateKey } from '../mongo/mongo-errors.js';
import { InstanceSecret } from './instance-secret.schema.js';

export type SecretPurpose = 'click-id' | 'visitor' | 'unlock' | 'link-cache' | 'device-cookie';
/** Values beside the keys that every instance must agree on. */
export type SharedValueName = 'secret-key-fingerprint';

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

  /** A public value that all instances share; `undefined` when none has claimed it. */
  async find(name: SharedValueName): Promise<string | undefined> {
    const found = await this.model.findById(name).read('primary').readConcern('majority').lean().exec();
    return found?.value;
  }

  /** Sets a shared value in place of the former one. @returns the value that holds now: of several claims, one wins. */
  async claim(name: SharedValueName, value: string, former: string | undefined): Promise<string> {
    try {
      const filter = former === undefined ? { _id: name, value } : { _id: name, value: former };
      await this.model
        .updateOne(filter, { $set: { value } }, { upsert: former === undefined, writeConcern: { w: 'majority' } })
        .exec();
    } catch (error) {
      if (!isDuplicateKey(error)) throw error; // another instance has claimed it
    }
    return (await this.find(name)) ?? value;
  }
}
