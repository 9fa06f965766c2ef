import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { Logger } from 'pino';
import { withoutVariations } from '../domains/rules/served-domain.js';
import { LOGGER } from '../platform/logging/logger.js';
import { isDuplicateKey } from '../platform/mongo/mongo-errors.js';
import { Link } from './link.schema.js';

/** Updates links of earlier versions at each start, in all workspaces. */
@Injectable()
export class LinkMigrations implements OnApplicationBootstrap {
  constructor(
    @InjectModel(Link.name) private readonly model: Model<Link>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Runs in the background: only links of earlier versions lack their keys. */
  onApplicationBootstrap(): void {
    this.fillSlugKeys()
      .then(() => this.addKeysWithoutVariations())
      .catch((error: unknown) => {
        this.logger.warn({ err: error }, 'keys of older links could not be stored; will retry at the next start');
      });
  }

  /**
   * Adds keys without variation selectors to links of earlier versions. A link is left alone when another one has that slug.
   * @param hostname only links of this host; default: all.
   */
  async addKeysWithoutVariations(hostname?: string): Promise<void> {
    const filter = {
      ...(hostname !== undefined && { hostname }),
      live: true,
      slugKeys: { $regex: '[\\x{fe0e}\\x{fe0f}]' },
    };
    for await (const { _id, slugKeys } of this.model.collection.find(filter, { projection: { slugKeys: 1 } })) {
      for (const key of (slugKeys as string[]).map(withoutVariations)) {
        if ((slugKeys as string[]).includes(key)) continue;
        await this.model.collection
          .updateOne({ _id, live: true }, { $addToSet: { slugKeys: key } })
          .catch((error: unknown) => {
            if (!isDuplicateKey(error)) throw error;
          });
      }
    }
  }

  /** Adds keys to links of versions that stored none. */
  private async fillSlugKeys(): Promise<void> {
    await this.model.collection.updateMany({ slugKeys: { $exists: false } }, [{ $set: { slugKeys: ['$slug'] } }]);
  }
}
