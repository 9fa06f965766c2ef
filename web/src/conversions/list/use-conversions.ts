import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { api, bodyOf, type Schema } from '../../api/client';
import { type LiveEvent, useLiveEvents } from '../../app/live';
import type { Conversion } from '../conversions-words';
import type { ConversionsQuery } from './conversions-query';
import { newRows, refreshRows, takeNewest } from './merge-rows';

/** Events of this time are read together. */
const GATHER_MS = 500;

type Page = Schema<'ConversionListResponse'>;
type Pages = InfiniteData<Page, string | null>;

async function readPage(query: ConversionsQuery, cursor: string | null, signal?: AbortSignal): Promise<Page> {
  const params = { query: { ...query, ...(cursor !== null && { cursor }) } };
  return bodyOf(await api.GET('/api/v1/conversions', { params, ...(signal && { signal }) }));
}

export function conversionListQuery(query: ConversionsQuery) {
  return infiniteQueryOptions({
    queryKey: ['conversions', 'list', query],
    queryFn: ({ pageParam, signal }) => readPage(query, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

/** The totals of a list. */
export function useTotals(query: ConversionsQuery) {
  return useQuery({
    queryKey: ['conversions', 'totals', query],
    queryFn: async ({ signal }) => bodyOf(await api.GET('/api/v1/conversions/totals', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

/**
 * A list of conversions that is kept up to date: rows that it has change in their place; new rows come in at once, or wait
 * while `isHeld`, because rows must not move under a pointer or a reader.
 */
export function useConversions(query: ConversionsQuery, { isHeld }: { isHeld: boolean }) {
  const queries = useQueryClient();
  const list = useInfiniteQuery(conversionListQuery(query));
  const rows = useMemo(() => list.data?.pages.flatMap(({ data }) => data) ?? [], [list.data]);
  const { arrivals, take, refresh } = useArrivals(query);
  const listen = useListener(refresh);
  useLiveEvents(['conversion'], listen);
  useEffect(() => {
    if (!isHeld) take();
  }, [isHeld, arrivals, take]);
  const loadMore = useCallback(() => {
    if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
  }, [list]);
  const retry = useCallback(() => void queries.invalidateQueries({ queryKey: ['conversions'] }), [queries]);
  return { list, rows, waiting: arrivals.length, takeWaiting: take, loadMore, retry };
}

/** The new rows that the list does not show yet. */
function useArrivals(query: ConversionsQuery) {
  const queries = useQueryClient();
  const [found, setFound] = useState<{ query: ConversionsQuery; newest: Conversion[] } | null>(null);
  const { queryKey } = conversionListQuery(query);
  const key = JSON.stringify(query);
  const loaded = queries.getQueryData<Pages>(queryKey);
  const isCurrent = found !== null && JSON.stringify(found.query) === key;
  const arrivals = isCurrent && loaded !== undefined ? newRows(loaded, found.newest) : [];
  const take = useCallback(() => {
    if (found === null || JSON.stringify(found.query) !== key) return;
    queries.setQueryData<Pages>(queryKey, (pages) => pages && takeNewest<Conversion, Pages>(pages, found.newest));
    setFound(null);
    // oxlint-disable-next-line react/exhaustive-deps -- the key of the query is in `key`
  }, [found, key, queries]);
  const refresh = useCallback(
    async (ids: readonly string[]) => {
      const before = queries.getQueryData<Pages>(queryKey);
      if (before === undefined) return; // the first page is being loaded
      const { data: newest } = await readPage(query, null);
      const inNewest = new Set(newest.map(({ id }) => id));
      const shown = new Set(before.pages.flatMap(({ data }) => data.map(({ id }) => id)));
      const others = await Promise.all(ids.filter((id) => shown.has(id) && !inNewest.has(id)).map(readOne));
      const fresh = [...newest, ...others.filter((one) => one !== null)];
      queries.setQueryData<Pages>(queryKey, (pages) => pages && refreshRows<Conversion, Pages>(pages, fresh));
      setFound({ query, newest });
      await queries.invalidateQueries({ queryKey: ['conversions', 'totals'] });
    },
    // oxlint-disable-next-line react/exhaustive-deps -- the query is in `key`
    [key, queries],
  );
  return { arrivals, take, refresh };
}

async function readOne(id: string): Promise<Conversion | null> {
  try {
    return bodyOf(await api.GET('/api/v1/conversions/{id}', { params: { path: { id } } }));
  } catch {
    return null; // the row stays as it is
  }
}

/** Gathers the ids of events, and calls `act` with them once in a while. */
function useListener(act: (ids: readonly string[]) => Promise<void>): (event: LiveEvent) => void {
  const current = useRef(act);
  const ids = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    current.current = act;
  }, [act]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(({ data }) => {
    ids.current.add(String(data['id']));
    timer.current ??= setTimeout(() => {
      const gathered = [...ids.current];
      ids.current.clear();
      timer.current = undefined;
      void current.current(gathered).catch(() => undefined); // the next event reads again
    }, GATHER_MS);
  }, []);
}
