import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { withoutVariations } from '../domains/served-domain.js';
import { isDuplicateKey } from '../platform/mongo/mongo-errors.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { ROUTED_FIELDS } from './compiled-link.js';
import { Link } from './link.schema.js';

/** What of a stored link decides where its clicks go. */
export type ChangedLink = Pick<Link, (typeof ROUTED_FIELDS)[number] | 'live'>;

const PROJECTION = Object.fromEntries([...ROUTED_FIELDS, 'live'].map((field) => [field, 1]));

/** Crosses workspaces on purpose: an address, or the number in a click id, is what says whose link it is. */
@Injectable()
export class LinkReadModel {
  constructor(@InjectModel(Link.name) private readonly model: Model<Link>) {}

  /**
   * By a slug's key; a link's former slugs lead to it too. Only the domain's owner is asked for: a former one may have links there.
   * By the driver itself, which costs a third of mongoose: after a start each link is looked up once.
   */
  async findByAddress(owner: WorkspaceId, hostname: string, slugKey: string): Promise<ChangedLink | undefined> {
    const link = await this.model.collection.findOne(
      { hostname, slugKeys: slugKey, workspaceId: owner, live: true },
      { projection: PROJECTION },
    );
    return (link as unknown as ChangedLink | null) ?? undefined;
  }

  /** Links that were made, changed or deleted since then, as they are now. */
  async changedSince(since: Date): Promise<ChangedLink[]> {
    const links = await this.model.collection
      .find({ updatedAt: { $gte: since } }, { projection: PROJECTION })
      .toArray();
    return links as unknown as ChangedLink[];
  }

  /** Deleted links too: what their clicks earned still counts. */
  async findByNumber(number: number): Promise<Link | undefined> {
    const link = await this.model.findOne({ number }).lean().exec();
    return link ?? undefined;
  }

  /**
   * Earlier versions let a slug be used by one workspace only, also on a hostname that has changed hands. To be called when all
   * indexes are there: one of them takes the place of that.
   */
  async dropOldIndex(): Promise<void> {
    await this.model.collection.dropIndex('hostname_1_slugKeys_1').catch(() => undefined); // it is not there, as a rule
  }

  /** Links of before had no keys. */
  async fillSlugKeys(): Promise<void> {
    await this.model.collection.updateMany({ slugKeys: { $exists: false } }, [{ $set: { slugKeys: ['$slug'] } }]);
  }

  /**
   * Links of before are stored under slugs with variation selectors; from now on they are found without them as well. Where
   * another link has that slug, both stay as they are.
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
}
