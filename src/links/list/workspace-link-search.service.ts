import { Injectable } from '@nestjs/common';
import { containing, startingWith } from '../../platform/mongo/containing.js';
import type { QueryBounds, Within } from '../../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Link } from '../link.schema.js';
import { LinksRepository } from '../links.repository.js';

const FIELDS = [
  '_id',
  'hostname',
  'slug',
  'formerSlugs',
  'title',
  'externalId',
  'tags',
  'campaign',
  'url',
  'rules',
  'variants',
] as const;

/** A link as a search finds it. */
export type SearchedLink = Pick<Link, (typeof FIELDS)[number]>;

const SEARCHED = [
  'slug',
  'formerSlugs',
  'title',
  'externalId',
  'tags',
  'campaign',
  'url',
  'variants.url',
  'rules.url',
  'rules.variants.url',
] as const;

/** Finds links that are not deleted, within bounds. */
@Injectable()
export class WorkspaceLinkSearch {
  constructor(private readonly links: LinksRepository) {}

  async findById(workspaceId: WorkspaceId, id: string, { maxTimeMs }: QueryBounds): Promise<SearchedLink[]> {
    return this.find(workspaceId, { _id: id }, { limit: 1, maxTimeMs });
  }

  /**
   * Links whose current or former slug begins with one of the keys, by the index of the redirect.
   * @param slugKeys keys of a slug; see `slugKey`.
   */
  findBySlugs(
    workspaceId: WorkspaceId,
    hostnames: string[],
    slugKeys: string[],
    bounds: QueryBounds,
  ): Promise<SearchedLink[]> {
    const ranges = slugKeys.map((key) => ({
      // The partial index has only links with keys, and MongoDB uses it only for queries that say so.
      slugKeys: { $exists: true, $elemMatch: startingWith(key) },
    }));
    const addresses = ranges.map((range) => ({ hostname: { $in: hostnames }, live: true, ...range }));
    return this.find(workspaceId, { $or: addresses }, bounds);
  }

  findByExternalId(workspaceId: WorkspaceId, externalId: string, bounds: QueryBounds): Promise<SearchedLink[]> {
    return this.find(workspaceId, { externalId: { $eq: externalId, $type: 'string' } }, bounds);
  }

  /** Links that contain the text, newest first. It reads the workspace's links until there are enough. */
  findByText(workspaceId: WorkspaceId, text: string, bounds: QueryBounds): Promise<SearchedLink[]> {
    // Destinations are stored with percent-encoding.
    const pattern = containing(...new Set([text, encodeURIComponent(Buffer.from(text).toString())]));
    return this.find(workspaceId, { $or: SEARCHED.map((field) => ({ [field]: pattern })) }, bounds, { _id: -1 });
  }

  private find(
    workspaceId: WorkspaceId,
    filter: object,
    bounds: QueryBounds,
    sort: Record<string, -1> = {},
  ): Promise<SearchedLink[]> {
    const live = { ...filter, live: true } as Within<Link>;
    return this.links.findMany(workspaceId, live, undefined, { fields: FIELDS, sort, ...bounds });
  }
}
