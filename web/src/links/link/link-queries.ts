import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import { fetchReport } from '../../api/report';
import type { DayRange } from '../../ui/period/period';
import { NUMBER_METRICS, readNumbers } from '../link-numbers';
import { reportPeriod } from '../links-queries';
import { bucketUnitOf } from '../list/trend-buckets';
import { type SourceDimension, TREND_METRICS } from './link-search';

const SHOWN_SOURCES = 8;
const PAGE_SIZE = 20;

export const totalsQuery = (linkId: string, range: DayRange | null) =>
  queryOptions({
    queryKey: ['links', 'report', linkId, 'totals', range],
    queryFn: async ({ signal }) => {
      const { totals } = await fetchReport({ link: linkId, metrics: NUMBER_METRICS, ...reportPeriod(range) }, signal);
      return readNumbers(totals);
    },
    placeholderData: keepPreviousData,
  });

export const trendQuery = (linkId: string, range: DayRange | null) =>
  queryOptions({
    queryKey: ['links', 'report', linkId, 'trend', range],
    queryFn: async ({ signal }) => {
      const interval = bucketUnitOf(range);
      const query = { link: linkId, interval, metrics: TREND_METRICS.join(','), ...reportPeriod(range) };
      const answer = bodyOf(await api.GET('/api/v1/reports/timeseries', { params: { query }, signal }));
      return { interval, points: answer.points as unknown as TrendPoint[] };
    },
    placeholderData: keepPreviousData,
  });

/** A piece of the period with its metrics. Those that have not begun are unfinished too. */
export interface TrendPoint {
  start: string;
  unfinished?: boolean;
  [metric: string]: unknown;
}

export const funnelQuery = (linkId: string, range: DayRange | null) =>
  queryOptions({
    queryKey: ['links', 'report', linkId, 'funnel', range],
    queryFn: async ({ signal }) => {
      const query = { link: linkId, ...reportPeriod(range) };
      return bodyOf(await api.GET('/api/v1/reports/funnel', { params: { query }, signal })).steps;
    },
    placeholderData: keepPreviousData,
  });

export const sourcesQuery = (linkId: string, range: DayRange | null, by: SourceDimension) =>
  queryOptions({
    queryKey: ['links', 'report', linkId, 'sources', by, range],
    queryFn: async ({ signal }) => {
      const query = {
        link: linkId,
        groupBy: by,
        metrics: 'humanClicks,ftds',
        sort: '-humanClicks',
        limit: SHOWN_SOURCES,
        ...reportPeriod(range),
      };
      const { rows, groups, labels } = await fetchReport(query, signal);
      return {
        rest: groups - rows.length,
        rows: rows.map((row) => {
          const value = typeof row[by] === 'string' ? row[by] : null;
          const name = value === null ? null : (labels[by]?.[value] ?? value);
          return { name, clicks: Number(row['humanClicks']), ftds: Number(row['ftds']) };
        }),
      };
    },
    placeholderData: keepPreviousData,
  });

export const clicksQuery = (linkId: string, range: DayRange | null) =>
  infiniteQueryOptions({
    queryKey: ['links', 'report', linkId, 'clicks', range],
    queryFn: async ({ pageParam, signal }) => {
      const query = { linkId, limit: PAGE_SIZE, ...range, ...(pageParam !== null && { cursor: pageParam }) };
      return bodyOf(await api.GET('/api/v1/clicks', { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => page.nextCursor,
    placeholderData: keepPreviousData,
  });

export const conversionsQuery = (filter: { linkId: string } | { clickId: string }, range: DayRange | null) =>
  infiniteQueryOptions({
    queryKey: ['conversions', 'of', filter, range],
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...filter, limit: PAGE_SIZE, ...range, ...(pageParam !== null && { cursor: pageParam }) };
      return bodyOf(await api.GET('/api/v1/conversions', { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => page.nextCursor,
    placeholderData: keepPreviousData,
  });

export const rotationQuery = (linkId: string) =>
  queryOptions({
    queryKey: ['links', 'report', linkId, 'rotation'],
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/api/v1/links/{id}/rotation', { params: { path: { id: linkId } }, signal })),
  });

export const historyQuery = (linkId: string) =>
  infiniteQueryOptions({
    queryKey: ['links', 'history', linkId],
    queryFn: async ({ pageParam, signal }) => {
      const query = { limit: PAGE_SIZE, ...(pageParam !== null && { cursor: pageParam }) };
      const params = { path: { id: linkId }, query };
      return bodyOf(await api.GET('/api/v1/links/{id}/history', { params, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => page.nextCursor,
  });

export const clickQuery = (clickId: string) =>
  queryOptions({
    queryKey: ['clicks', clickId],
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/api/v1/clicks/{clickId}', { params: { path: { clickId } }, signal })),
  });
