import { Injectable } from '@nestjs/common';
import { definedOnly } from '../../platform/collections/defined-only.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { isTooSlow } from '../../platform/mongo/mongo-errors.js';
import type { Within } from '../../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { type RangeTexts, timeRange } from '../../platform/time/time-range.js';
import type { Viewer } from '../../workspaces/caller.js';
import { LinkRestrictions } from '../../workspaces/restrictions/link-restrictions.service.js';
import { WorkspaceSettingsService } from '../../workspaces/settings/workspace-settings.service.js';
import type { Click } from '../click.schema.js';
import { ClicksRepository } from '../clicks.repository.js';
import { type ClickPosition, readClickCursor, writeClickCursor } from '../rules/click-cursor.js';
import type { ClickListQuery } from './click-list.dto.js';
import { ClicksOfLink } from './clicks-of-link.service.js';

const SEARCH_MS = 5_000;
/** Clicks of one millisecond that are sorted. More would be a thousand times the highest measured rate. */
const MAX_IN_ONE_MS = 1_000;
const SUBS = Array.from({ length: 10 }, (_, i) => `sub${i + 1}`) as 'sub1'[];
/** Filters without an index: they read the clicks of a link or of a period. */
const UNINDEXED = ['country', 'device', 'bot', ...SUBS] as const;

export interface ClickPage {
  rows: Click[];
  nextCursor: string | null;
}

/** Lists clicks, newest first. */
@Injectable()
export class ClickListService {
  constructor(
    private readonly clicks: ClicksRepository,
    private readonly clicksOfLink: ClicksOfLink,
    private readonly settings: WorkspaceSettingsService,
    private readonly restrictions: LinkRestrictions,
  ) {}

  /** @throws ProblemException 422 when the filters would read too many clicks. */
  async page(viewer: Viewer, query: ClickListQuery): Promise<ClickPage> {
    const { workspaceId } = viewer;
    checkBounds(query);
    const after = query.cursor === undefined ? undefined : readClickCursor(query.cursor);
    if (query.cursor !== undefined && after === undefined) throw ProblemException.invalid(BAD_CURSOR);
    const times = await this.settings.resolveRange(workspaceId, { from: query.from, to: query.to });
    const filter = { ...(await this.conditions(viewer, query)), isTest: { $ne: true } };
    const limit = query.limit + 1;
    const rows = await inTime(() =>
      query.linkId === undefined
        ? this.rowsByTime(workspaceId, filter, timeRange(times) ?? {}, after, limit)
        : this.rowsOfLink(workspaceId, query.linkId, filter, { ...times, after, limit }),
    );
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    const hasMore = rows.length > query.limit && last !== undefined;
    return { rows: shown, nextCursor: hasMore ? writeClickCursor({ at: last.at, id: last._id }) : null };
  }

  private async conditions(viewer: Viewer, query: ClickListQuery): Promise<object> {
    const { linkId, country, device, bot } = query;
    const subs = SUBS.flatMap((name) => (query[name] === undefined ? [] : [[`subs.${name}`, query[name]] as const]));
    return {
      ...definedOnly({ linkId, country: country?.toUpperCase(), device }),
      ...(bot !== undefined && { botReason: bot === 'true' ? { $ne: null } : null }),
      ...Object.fromEntries(subs),
      ...(await this.restrictions.conditionFor(viewer, linkId)),
    };
  }

  private async rowsOfLink(
    workspaceId: WorkspaceId,
    linkId: string,
    filter: object,
    { after, limit, ...times }: RangeTexts & { after: ClickPosition | undefined; limit: number },
  ): Promise<Click[]> {
    const { $gte, $lt } = await this.clicksOfLink.idRange(workspaceId, linkId, times);
    const _id = { $gte, $lt: after !== undefined && after.id < $lt ? after.id : $lt };
    const options = { sort: { _id: -1 }, limit, maxTimeMs: SEARCH_MS } as const;
    return this.clicks.findMany(workspaceId, { ...filter, _id } as Within<Click>, undefined, options);
  }

  /**
   * The rows of all links after a position. The index has no ids, so the clicks of the milliseconds at which a page begins
   * and ends are read whole and sorted here.
   */
  private async rowsByTime(
    workspaceId: WorkspaceId,
    filter: object,
    range: object,
    after: ClickPosition | undefined,
    limit: number,
  ): Promise<Click[]> {
    const find = (at: object, count: number): Promise<Click[]> => {
      const conditions = [range, at].filter((one) => Object.keys(one).length > 0).map((one) => ({ at: one }));
      const bounded = { ...filter, ...(conditions.length > 0 && { $and: conditions }) } as Within<Click>;
      const options = { sort: { at: -1 }, limit: count, maxTimeMs: SEARCH_MS } as const;
      return this.clicks.findMany(workspaceId, bounded, undefined, options);
    };
    const ofMillisecond = async (at: Date): Promise<Click[]> => (await find({ $eq: at }, MAX_IN_ONE_MS)).toSorted(byId);

    const begun = after === undefined ? [] : (await ofMillisecond(after.at)).filter(({ _id }) => _id < after.id);
    if (begun.length >= limit) return begun.slice(0, limit);
    const older = await find(after === undefined ? {} : { $lt: after.at }, limit - begun.length);
    const last = older.at(-1);
    if (last === undefined) return begun;
    const before = older.filter(({ at }) => at > last.at).toSorted(byTimeAndId);
    return [...begun, ...before, ...(await ofMillisecond(last.at))].slice(0, limit);
  }
}

function byId(a: Click, b: Click): number {
  return a._id < b._id ? 1 : -1;
}

function byTimeAndId(a: Click, b: Click): number {
  return b.at.getTime() - a.at.getTime() || byId(a, b);
}

/** @throws ProblemException 422 */
function checkBounds(query: ClickListQuery): void {
  if (query.linkId !== undefined || query.from !== undefined) return;
  const unbounded = UNINDEXED.filter((name) => query[name] !== undefined);
  if (unbounded.length === 0) return;
  const problems = unbounded.map((path) => ({
    path,
    code: 'too_much_to_search',
    message: 'this filter needs a linkId, or a time range with from',
  }));
  throw ProblemException.invalid(...problems);
}

async function inTime<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isTooSlow(error)) throw error;
    const message = `the search took longer than ${SEARCH_MS / 1_000} s: give a linkId, or a shorter time range with from and to`;
    throw ProblemException.invalid({ path: 'from', code: 'too_much_to_search', message });
  }
}

const BAD_CURSOR = { path: 'cursor', code: 'cursor', message: 'it is not the nextCursor of a list of clicks' };
