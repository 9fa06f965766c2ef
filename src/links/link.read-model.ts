import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { ROUTED_FIELDS } from './rules/compiled-link.js';
import { Link } from './link.schema.js';

/** The fields of a stored link that decide where its clicks go. */
export type ChangedLink = Pick<Link, (typeof ROUTED_FIELDS)[number] | 'live'>;

const PROJECTION = projectionOf([...ROUTED_FIELDS, 'live']);

/** The addresses of a link. Links of earlier versions have no keys. */
export type LinkAddress = Pick<Link, 'hostname' | 'slug'> & Partial<Pick<Link, 'slugKeys'>>;

const ADDRESS_FIELDS = ['hostname', 'slug', 'slugKeys'] as const satisfies (keyof LinkAddress)[];

/** Reads links of all workspaces: an address or the number in a click id determines the workspace. */
@Injectable()
export class LinkReadModel {
  constructor(@InjectModel(Link.name) private readonly model: Model<Link>) {}

  /**
   * Finds a link by the key of its slug or of a former one. Only links of the domain's owner: a former owner may have others.
   * Uses the driver directly, at a third of mongoose's cost: after a start every link is looked up.
   */
  async findByAddress(owner: WorkspaceId, hostname: string, slugKey: string): Promise<ChangedLink | undefined> {
    const link = await this.model.collection.findOne(
      { hostname, slugKeys: slugKey, workspaceId: owner, live: true },
      { projection: PROJECTION },
    );
    return (link as unknown as ChangedLink | null) ?? undefined;
  }

  /** Links created, changed or deleted since this time, in their current state. */
  async changedSince(since: Date): Promise<(ChangedLink & LinkAddress)[]> {
    const links = await this.model.collection
      .find({ updatedAt: { $gte: since } }, { projection: { ...PROJECTION, ...projectionOf(ADDRESS_FIELDS) } })
      .toArray();
    return links as unknown as (ChangedLink & LinkAddress)[];
  }

  /** The current addresses of such links. */
  async addressesChangedSince(since: Date, limit: number): Promise<LinkAddress[]> {
    const links = await this.model.collection
      .find({ updatedAt: { $gte: since } }, { projection: projectionOf(ADDRESS_FIELDS), limit })
      .toArray();
    return links as unknown as LinkAddress[];
  }

  /** Slugs of links whose path begins with this segment, of all workspaces: `app`, `app/ios`. */
  async slugsUnder(hostname: string, segment: string, limit: number): Promise<string[]> {
    // `0` is the character after `/`.
    const below = { $elemMatch: { $gte: `${segment}/`, $lt: `${segment}0` } };
    const filter = { hostname, live: true, $or: [{ slugKeys: segment }, { slugKeys: below }] };
    const links = await this.model.collection.find(filter, { projection: projectionOf(['slug']), limit }).toArray();
    return (links as unknown as Pick<Link, 'slug'>[]).map(({ slug }) => slug);
  }

  /** Finds deleted links too: conversions of their clicks still count. */
  async findByNumber(number: number): Promise<Link | undefined> {
    const link = await this.model.findOne({ number }).lean().exec();
    return link ?? undefined;
  }
}

function projectionOf(fields: readonly string[]): Record<string, 1> {
  return Object.fromEntries(fields.map((field) => [field, 1] as const));
}
