import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { ROUTED_FIELDS } from './rules/compiled-link.js';
import { Link } from './link.schema.js';

/** What of a stored link decides where its clicks go. */
export type ChangedLink = Pick<Link, (typeof ROUTED_FIELDS)[number] | 'live'>;

const PROJECTION = projectionOf([...ROUTED_FIELDS, 'live']);

/** Under which addresses a link is found. Links of earlier versions have no keys. */
export type LinkAddress = Pick<Link, 'hostname' | 'slug'> & Partial<Pick<Link, 'slugKeys'>>;

const ADDRESS_FIELDS = ['hostname', 'slug', 'slugKeys'] as const satisfies (keyof LinkAddress)[];

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
  async changedSince(since: Date): Promise<(ChangedLink & LinkAddress)[]> {
    const links = await this.model.collection
      .find({ updatedAt: { $gte: since } }, { projection: { ...PROJECTION, ...projectionOf(ADDRESS_FIELDS) } })
      .toArray();
    return links as unknown as (ChangedLink & LinkAddress)[];
  }

  /** The addresses that such links have now. */
  async addressesChangedSince(since: Date, limit: number): Promise<LinkAddress[]> {
    const links = await this.model.collection
      .find({ updatedAt: { $gte: since } }, { projection: projectionOf(ADDRESS_FIELDS), limit })
      .toArray();
    return links as unknown as LinkAddress[];
  }

  /** Deleted links too: what their clicks earned still counts. */
  async findByNumber(number: number): Promise<Link | undefined> {
    const link = await this.model.findOne({ number }).lean().exec();
    return link ?? undefined;
  }
}

function projectionOf(fields: readonly string[]): Record<string, 1> {
  return Object.fromEntries(fields.map((field) => [field, 1] as const));
}
