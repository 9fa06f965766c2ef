import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import type { PostbacksQuery } from './log-filters';

/** The numbers of the requests by verdict, for the filters of the list. The filter by verdict is none of them. */
export function countsQuery({ verdict: _verdict, ...query }: PostbacksQuery) {
  return queryOptions({
    queryKey: ['postbacks', 'counts', query],
    queryFn: async ({ signal }) => bodyOf(await api.GET('/api/v1/postbacks/counts', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

export function useCounts(query: PostbacksQuery) {
  return useQuery(countsQuery(query)).data;
}
