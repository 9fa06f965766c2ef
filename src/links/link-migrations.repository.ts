import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { Logger } from 'pino';
import { withoutVariations } from '../domains/rules/served-domain.js';
import { LOGGER } from '../platform/logging/logger.js';
import { isDuplicateKey } from '../platform/mongo/mongo-errors.js';
import { Link } from './link.schema.js';

/** Brings the links of earlier versions up to date, at each start. Crosses workspaces on purpose. */
@Injectable()
export class LinkMigrations implements OnApplicationBootstrap {
  constructor(
    @InjectModel(Link.name) private readonly model: Model<Link>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** The start does not wait for it: only links of earlier versions lack their keys. */
  onApplicationBootstrap(): void {
    this.dropOldIndex()
      .then(() => this.fillSlugKeys())
      .then(() => this.addKeysWithoutVariations())
      .catch((error: unknown) => {
        this.logger.warn(
          { err: error },
          'older links did not get the keys of their slugs; tried again at the next start',
        );
      });
  }

  /**
   * Earlier versions let a slug be used by one workspace only, also on a hostname that has changed hands. To be called when
   * all indexes are there: one of them takes the place of that.
   */
  async dropOldIndex(): Promise<void> {
    await this.model.collection.dropIndex('hostname_1_slugKeys_1').catch(() => undefined); // it is not there, as a rule
  }

  /**
   * Links of earlier versions are stored under slugs with variation selectors, and get a key without them. Where another link
   * has that slug, both stay as they are.
   * @param hostname all when absent.
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

  /** Earlier versions stored links without keys. */
  private async fillSlugKeys(): Promise<void> {
    await this.model.collection.updateMany({ slugKeys: { $exists: false } }, [{ $set: { slugKeys: ['$slug'] } }]);
  }
}
