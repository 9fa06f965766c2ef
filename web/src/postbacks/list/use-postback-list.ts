import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { api, bodyOf } from '../../api/client';
import { refreshPart, type RowPage, type RowPages } from '../../ui/data/new-rows';
import { useNewRows } from '../../ui/data/use-new-rows';
import type { PostbacksQuery } from './log-filters';
import { type PostbackRow, toRow } from './postback-row';

const PAGE_ROWS = 100;
const MS = 1;

async function readPage(
  query: PostbacksQuery,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<RowPage<PostbackRow>> {
  const params = { query: { ...query, limit: PAGE_ROWS, ...(cursor !== null && { cursor }) } };
  const { data, page } = bodyOf(await api.GET('/api/v1/postbacks', { params, ...(signal && { signal }) }));
  const readAt = Date.now();
  return { data: data.map((postback) => toRow(postback, readAt)), page };
}

function listQuery(query: PostbacksQuery) {
  return infiniteQueryOptions({
    queryKey: ['postbacks', 'list', query],
    queryFn: ({ pageParam, signal }) => readPage(query, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => page.nextCursor,
    placeholderData: keepPreviousData,
    // The list is kept up to date in parts; a list of 1,000 pages is never read again as a whole.
    staleTime: Infinity,
    gcTime: 60_000,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** The log for some filters: its rows, those that wait to be shown, and the renewal of rows that a run has changed. */
export function usePostbackList(query: PostbacksQuery, { isHeld }: { isHeld: boolean }) {
  const queries = useQueryClient();
  const options = listQuery(query);
  const list = useInfiniteQuery(options);
  const rows = useMemo(() => list.data?.pages.flatMap(({ data }) => data) ?? [], [list.data]);
  const refreshCounts = useCallback(
    () => void queries.invalidateQueries({ queryKey: ['postbacks', 'counts'] }),
    [queries],
  );
  const { waiting, take } = useNewRows<PostbackRow>({
    queryKey: options.queryKey,
    kinds: ['postback'],
    isHeld,
    readNewest: () => readPage(query, null),
    onNews: refreshCounts,
  });
  const loadMore = useCallback(() => {
    if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
  }, [list]);
  const renewal = useRenewal(query, rows);
  return { list, rows, waiting, take, loadMore, ...renewal };
}

/** Reads the rows in view again after a run has changed some. Rows out of view are read again when they come into view. */
function useRenewal(query: PostbacksQuery, rows: readonly PostbackRow[]) {
  const queries = useQueryClient();
  const [changedAt, setChangedAt] = useState(0);
  const [firstInView, setFirstInView] = useState(0);
  const isReading = useRef(false);
  const { queryKey } = listQuery(query);
  useEffect(() => {
    const first = rows.slice(firstInView, firstInView + PAGE_ROWS / 2).find(({ readAt }) => readAt < changedAt);
    if (first === undefined || isReading.current) return;
    isReading.current = true;
    // Sent before the next millisecond: the part begins with this row.
    const to = new Date(Date.parse(first.receivedAt) + MS).toISOString();
    void readPage({ ...query, to }, null)
      .then((part) => {
        queries.setQueryData<RowPages<PostbackRow>>(
          queryKey,
          (loaded) => loaded && refreshPart(loaded, first.id, part),
        );
      })
      .catch(() => undefined) // the rows stay as they were; the next change reads them again
      .finally(() => {
        isReading.current = false;
      });
    // oxlint-disable-next-line react/exhaustive-deps -- the key of the query is that of the rows
  }, [rows, changedAt, firstInView, queries]);
  const renew = useCallback(() => {
    setChangedAt(Date.now());
    for (const part of ['counts', 'waiting', 'entry', 'preview']) {
      void queries.invalidateQueries({ queryKey: ['postbacks', part] });
    }
    for (const resource of ['conversions', 'links']) void queries.invalidateQueries({ queryKey: [resource] });
  }, [queries]);
  return { renew, setFirstInView };
}
