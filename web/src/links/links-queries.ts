import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useQuery,
} from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import { queryClient } from '../api/query-client';
import { fetchReport } from '../api/report';
import type { DayRange } from '../ui/period/period';
import type { Link } from './link-types';
import {
  isMetricSort,
  type LinkFilters,
  type LinkSorting,
  type LinkStateName,
  type MetricSort,
  toLinkQuery,
} from './links-search';

/** The beginning of "all time", for reports, which ask for a first day. */
const ALL_TIME = '2015-01-01';
const PAGE_SIZE = 50;
const RANKED_PAGE_SIZE = 100;
/** Links that a ranking can hold; the API has no longer reports. */
const MAX_RANKED = 5_000;

/** The period of a report: its days. */
export function reportPeriod(range: DayRange | null): { from: string; to?: string } {
  return range ?? { from: ALL_TIME };
}

export interface LinkListPage {
  links: Link[];
  next: PagePosition | null;
}

/**
 * Where the next page begins: a cursor of the API's list, or a place in the ranking by a metric. A list that is sorted by
 * a metric has both parts: the ranked links, and those without any facts in the period.
 */
type PagePosition = { part: 'list'; cursor: string | undefined } | { part: 'ranked'; offset: number };

export type LinkPages = InfiniteData<LinkListPage, PagePosition>;

export interface ListQuestion {
  filters: LinkFilters;
  state: LinkStateName;
  sorting: LinkSorting;
  range: DayRange | null;
}

/** The pages of the list. Its key holds the period only where the order depends on it. */
export function linkPagesQuery(question: ListQuestion) {
  const { filters, state, sorting, range } = question;
  const period = isMetricSort(sorting.by) ? range : null;
  return infiniteQueryOptions({
    queryKey: ['links', 'list', { filters, state, sorting, period }],
    queryFn: async ({ pageParam, signal }) => loadPage(question, pageParam, signal),
    initialPageParam: firstPosition(sorting),
    getNextPageParam: ({ next }: LinkListPage) => next,
    placeholderData: keepPreviousData,
  });
}

function firstPosition({ by, isDescending }: LinkSorting): PagePosition {
  return isMetricSort(by) && isDescending ? { part: 'ranked', offset: 0 } : { part: 'list', cursor: undefined };
}

/** Loads from a position on until there are links to show, or nothing is left. */
async function loadPage(question: ListQuestion, from: PagePosition, signal: AbortSignal): Promise<LinkListPage> {
  const ranking = isMetricSort(question.sorting.by)
    ? await queryClient.ensureQueryData(rankingQuery(question, question.sorting.by))
    : [];
  let position: PagePosition | null = from;
  while (position !== null) {
    const page: LinkListPage =
      position.part === 'ranked'
        ? await loadRanked(question, ranking, position.offset, signal)
        : await loadListed(question, new Set(ranking), position.cursor, signal);
    if (page.links.length > 0) return page;
    position = page.next;
  }
  return { links: [], next: null };
}

async function loadListed(
  { filters, state, sorting: { by, isDescending } }: ListQuestion,
  ranked: ReadonlySet<string>,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<LinkListPage> {
  const order = isMetricSort(by)
    ? { sort: 'createdAt' as const, order: 'desc' as const }
    : { sort: by, order: isDescending ? ('desc' as const) : ('asc' as const) };
  const query = { ...toLinkQuery(filters, state), ...order, limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) };
  const { data, page } = bodyOf(await api.GET('/api/v1/links', { params: { query }, signal }));
  const links = data.filter(({ id }) => !ranked.has(id));
  if (page.nextCursor !== null) return { links, next: { part: 'list', cursor: page.nextCursor } };
  return { links, next: isMetricSort(by) && !isDescending ? { part: 'ranked', offset: 0 } : null };
}

async function loadRanked(
  { filters, state, sorting }: ListQuestion,
  ranking: readonly string[],
  offset: number,
  signal: AbortSignal,
): Promise<LinkListPage> {
  const id = ranking.slice(offset, offset + RANKED_PAGE_SIZE);
  const nextOffset = offset + RANKED_PAGE_SIZE;
  const rest: PagePosition | null = sorting.isDescending ? { part: 'list', cursor: undefined } : null;
  const next: PagePosition | null = nextOffset < ranking.length ? { part: 'ranked', offset: nextOffset } : rest;
  if (id.length === 0) return { links: [], next };
  const query = { ...toLinkQuery(filters, state), id, limit: RANKED_PAGE_SIZE };
  const { data } = bodyOf(await api.GET('/api/v1/links', { params: { query }, signal }));
  const places = new Map(id.map((each, index) => [each, index]));
  return { links: data.toSorted((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0)), next };
}

/** The ids of links with facts in the period, in the order of a metric. */
function rankingQuery({ filters, sorting, range }: ListQuestion, by: MetricSort) {
  const { tag, domain, campaign } = filters;
  const sort = `${sorting.isDescending ? '-' : ''}${by}`;
  return queryOptions({
    queryKey: ['links', 'ranking', { tag, domain, campaign, sort, range }],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const filter = Object.fromEntries(
        Object.entries({ tag, domain, campaign }).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, asFilterValue(value)]],
        ),
      );
      const query = { groupBy: 'link', metrics: by, sort, limit: MAX_RANKED, ...reportPeriod(range), ...filter };
      const { rows } = await fetchReport(query, signal);
      return rows.flatMap(({ link }) => (typeof link === 'string' ? [link] : []));
    },
  });
}

/** A value as a filter of a report: characters with a meaning are escaped; see docs/reports.md. */
function asFilterValue(value: string): string {
  return value.replaceAll(/[,\\]/g, String.raw`\$&`).replace(/^[-~(]/, String.raw`\$&`);
}

/** How many links each state has, for the links that match the filters. */
export function useStateCounts(filters: LinkFilters) {
  const { tag, ...rest } = filters;
  return useQuery({
    queryKey: ['links', 'states', filters],
    queryFn: async ({ signal }) => {
      const query = { ...rest, ...(tag !== undefined && { tag: [tag] }) };
      return bodyOf(await api.GET('/api/v1/links/states', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
  });
}
