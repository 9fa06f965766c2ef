import { Injectable } from '@nestjs/common';
import { ProblemException } from '../../platform/http/problems/problem.js';
import type { Within } from '../../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Viewer } from '../../workspaces/caller.js';
import { WorkspaceSettingsService } from '../../workspaces/settings/workspace-settings.service.js';
import type { Link } from '../link.schema.js';
import { LinksRepository } from '../links.repository.js';
import { linkFilter } from './link-filter.js';
import type {
  LinkCountQuery,
  LinkCountResponse,
  LinkFilterQuery,
  LinkListQuery,
  LinkStatesQuery,
  LinkStatesResponse,
  TagResponse,
} from './link-list.dto.js';
import { LinkNumbersReadModel } from './link-numbers.read-model.js';
import {
  type ListOrder,
  listOrder,
  type RowPosition,
  rowsAfter,
  SORT_FIELDS,
  sortStage,
  writeCursor,
} from './link-order.js';

const CREATED_RANGE = { from: 'createdFrom', to: 'createdTo' };

export interface LinkPage {
  rows: Link[];
  nextCursor: string | null;
}

/** Lists, streams and counts links by filters. */
@Injectable()
export class LinkList {
  constructor(
    private readonly links: LinksRepository,
    private readonly numbers: LinkNumbersReadModel,
    private readonly settings: WorkspaceSettingsService,
  ) {}

  async page({ workspaceId, restrictions }: Viewer, query: LinkListQuery): Promise<LinkPage> {
    const order = listOrder(query);
    if (!order) {
      const message = 'it is not the nextCursor of a list with this sort order';
      throw ProblemException.invalid({ path: 'cursor', code: 'cursor', message });
    }
    const filter = linkFilter(await this.resolved(workspaceId, query), restrictions.linkLimits);
    const { limit } = query;
    return order.sort === 'clicks'
      ? this.pageByClicks(workspaceId, filter, order, limit)
      : this.pageByField(workspaceId, filter, order, SORT_FIELDS[order.sort], limit);
  }

  /** All matching links, newest first, read from MongoDB as the caller consumes them. */
  async *stream({ workspaceId, restrictions }: Viewer, query: LinkFilterQuery): AsyncGenerator<Link> {
    yield* this.links.stream(workspaceId, linkFilter(await this.resolved(workspaceId, query), restrictions.linkLimits));
  }

  async count(
    { workspaceId, restrictions }: Viewer,
    { groupBy, ...query }: LinkCountQuery,
  ): Promise<LinkCountResponse> {
    const filter = linkFilter(await this.resolved(workspaceId, query), restrictions.linkLimits);
    const [total, groups] = await Promise.all([
      this.numbers.count(workspaceId, filter),
      groupBy && this.numbers.countBy(workspaceId, filter, groupBy),
    ]);
    return groups ? { total, groups } : { total };
  }

  /** Numbers of links by state, for the links that the viewer may see. */
  async countStates({ workspaceId, restrictions }: Viewer, query: LinkStatesQuery): Promise<LinkStatesResponse> {
    const now = new Date();
    const all = { ...(await this.resolved(workspaceId, query)), archived: 'all' } as const;
    return this.numbers.countStates(workspaceId, linkFilter(all, restrictions.linkLimits, now), now);
  }

  /** The tags in use, most frequent first. */
  async tags({ workspaceId, restrictions }: Viewer): Promise<TagResponse[]> {
    const groups = await this.numbers.countBy(
      workspaceId,
      linkFilter({ archived: 'all' }, restrictions.linkLimits),
      'tag',
    );
    return groups.flatMap(({ value, links }) => (value === null ? [] : [{ tag: value, links }]));
  }

  private async resolved<T extends LinkFilterQuery>(workspaceId: WorkspaceId, query: T): Promise<T> {
    const { createdFrom: from, createdTo: to } = query;
    const range = await this.settings.resolveRange(workspaceId, { from, to }, CREATED_RANGE);
    return { ...query, createdFrom: range.from, createdTo: range.to };
  }

  private async pageByField(
    workspaceId: WorkspaceId,
    filter: Within<Link>,
    order: ListOrder,
    field: '_id' | 'updatedAt' | 'title',
    limit: number,
  ): Promise<LinkPage> {
    const { after } = order;
    const stored = field === 'updatedAt' && after ? new Date(Number(after.value)) : after?.value;
    const following = after && rowsAfter(field, order.order, stored, after.id);
    const conditions = (following ? { $and: [filter, following] } : filter) as Within<Link>;
    const sort = sortStage(field, order.order);
    const found = await this.links.findMany(workspaceId, conditions, undefined, { sort, limit: limit + 1 });
    return toPage(found, limit, order, (link) => ({ value: valueOf(link, field), id: link._id }));
  }

  private async pageByClicks(
    workspaceId: WorkspaceId,
    filter: Within<Link>,
    order: ListOrder,
    limit: number,
  ): Promise<LinkPage> {
    const ranked = await this.numbers.byClicks(workspaceId, filter, order, limit + 1);
    const found = await this.links.findMany(workspaceId, { _id: { $in: ranked.map(({ _id }) => _id) } });
    const byId = new Map(found.map((link) => [link._id, link]));
    const clicks = new Map(ranked.map((row) => [row._id, row.clicks]));
    const rows = ranked.flatMap(({ _id }) => byId.get(_id) ?? []);
    return toPage(rows, limit, order, ({ _id }) => ({ value: clicks.get(_id) ?? 0, id: _id }));
  }
}

function toPage(found: Link[], limit: number, order: ListOrder, positionOf: (link: Link) => RowPosition): LinkPage {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, nextCursor: found.length > limit && last ? writeCursor(order, positionOf(last)) : null };
}

function valueOf(link: Link, field: '_id' | 'updatedAt' | 'title'): RowPosition['value'] {
  if (field === 'updatedAt') return link.updatedAt.getTime();
  return field === 'title' ? (link.title ?? null) : null;
}
