import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ConversionsSearch } from '../conversions-search';
import { conversionListQuery } from '../list/use-conversions';
import { useConversionsView } from '../list/use-conversions-view';

/** Pages that are read to find a conversion in its list, as after a reload. */
const MAX_PAGES = 5;

/** The conversions before and after one, in the list that it was opened from. */
export function useNeighbours(id: string, search: ConversionsSearch): { previous?: string; next?: string } {
  const { query } = useConversionsView(search);
  const list = useInfiniteQuery({ ...conversionListQuery(query), staleTime: Number.POSITIVE_INFINITY });
  const ids = list.data?.pages.flatMap(({ data }) => data.map((row) => row.id)) ?? [];
  const index = ids.indexOf(id);
  const isMissing = index < 0 && (list.data?.pages.length ?? MAX_PAGES) < MAX_PAGES;
  const isLast = index >= 0 && index === ids.length - 1;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    if ((isMissing || isLast) && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [isMissing, isLast, hasNextPage, isFetchingNextPage, fetchNextPage]);
  const [previous, next] = index < 0 ? [undefined, undefined] : [ids[index - 1], ids[index + 1]];
  return { ...(previous !== undefined && { previous }), ...(next !== undefined && { next }) };
}
