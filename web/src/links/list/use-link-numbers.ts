import { useQueries } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { queryClient } from '../../api/query-client';
import { fetchReport } from '../../api/report';
import { useLiveEvents, type LiveEvent } from '../../app/live';
import type { DayRange } from '../../ui/period/period';
import { noNumbers, NUMBER_METRICS, readNumbers } from '../link-numbers';
import { reportPeriod } from '../links-queries';
import { bucketsOf, type BucketUnit, bucketUnitOf } from './trend-buckets';

const REFRESH_MS = 5_000;
const MAX_TREND_ROWS = 5_000;

/**
 * The numbers of the shown links, asked for page by page of the list, so that each request is bounded.
 * @param pages the ids of each page
 */
export function useLinkNumbers(pages: readonly (readonly string[])[], range: DayRange | null, hasTrend: boolean) {
  const numbers = useQueries({
    queries: pages.map((ids) => numbersQuery(ids, range)),
    combine: (results) => ({
      byId: new Map(results.flatMap(({ data }) => [...(data ?? [])])),
      error: results.find(({ error }) => error !== null)?.error ?? null,
      loadedAt: Math.max(0, ...results.map(({ dataUpdatedAt }) => dataUpdatedAt)),
    }),
  });
  const trends = useQueries({
    queries: hasTrend ? pages.map((ids) => trendQuery(ids, range)) : [],
    combine: (results) => new Map(results.flatMap(({ data }) => [...(data ?? [])])),
  });
  useRefreshByEvents();
  return { ...numbers, trends };
}

function numbersQuery(ids: readonly string[], range: DayRange | null) {
  return {
    queryKey: ['links', 'numbers', { ids, range }],
    staleTime: 60_000,
    queryFn: async ({ signal }: { signal: AbortSignal }) => {
      const query = {
        groupBy: 'link',
        metrics: NUMBER_METRICS,
        link: ids.join(','),
        limit: ids.length,
        ...reportPeriod(range),
      };
      const { rows, totals } = await fetchReport(query, signal);
      const found = new Map(rows.map((row) => [row['link'], readNumbers(row)]));
      const none = noNumbers(readNumbers(totals));
      return new Map(ids.map((id) => [id, found.get(id) ?? none]));
    },
  };
}

function trendQuery(ids: readonly string[], range: DayRange | null) {
  const unit = bucketUnitOf(range);
  return {
    queryKey: ['links', 'numbers', { ids, range, unit }],
    staleTime: 60_000,
    queryFn: async ({ signal }: { signal: AbortSignal }) => {
      const query = {
        groupBy: `link,${unit}`,
        metrics: 'humanClicks',
        link: ids.join(','),
        limit: MAX_TREND_ROWS,
        ...reportPeriod(range),
      };
      const { rows, from, to } = await fetchReport(query, signal);
      return trendsOf(ids, rows, unit, range, { from, to });
    },
  };
}

function trendsOf(
  ids: readonly string[],
  rows: readonly Readonly<Record<string, unknown>>[],
  unit: BucketUnit,
  range: DayRange | null,
  span: { from: string; to: string },
): Map<string, number[]> {
  const seen = rows.map((row) => String(row[unit]));
  const buckets = bucketsOf(unit, range, span, seen, new Date());
  const places = new Map(buckets.map((bucket, index) => [bucket, index]));
  const trends = new Map(ids.map((id) => [id, buckets.map(() => 0)]));
  for (const row of rows) {
    const place = places.get(String(row[unit]));
    const values = trends.get(String(row['link']));
    if (place !== undefined && values !== undefined) values[place] = Number(row['humanClicks']);
  }
  return trends;
}

/** Asks again for the numbers of links about which events arrive; several events within seconds are one request. */
function useRefreshByEvents(): void {
  const waiting = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const note = useCallback(({ data }: LiveEvent) => {
    if (typeof data['linkId'] !== 'string') return;
    waiting.current.add(data['linkId']);
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      const ids = waiting.current;
      waiting.current = new Set();
      void queryClient.invalidateQueries({
        queryKey: ['links', 'numbers'],
        predicate: ({ queryKey: [, , about] }) => (about as { ids: string[] }).ids.some((id) => ids.has(id)),
      });
    }, REFRESH_MS);
  }, []);
  useLiveEvents(['click', 'conversion'], note);
  useEffect(() => () => clearTimeout(timer.current), []);
}
