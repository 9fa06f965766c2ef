import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
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
}
