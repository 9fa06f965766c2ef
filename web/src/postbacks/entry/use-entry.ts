import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, bodyOf } from '../../api/client';

function entryQuery(id: string) {
  return queryOptions({
    queryKey: ['postbacks', 'entry', id],
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/api/v1/postbacks/{id}', { params: { path: { id } }, signal })),
  });
}

/** One request taken apart. Its neighbours in the list are read ahead, so that walking is instant. */
export function useEntry(id: string, neighbours: readonly (string | undefined)[]) {
  const queries = useQueryClient();
  const entry = useQuery(entryQuery(id));
  const isShown = entry.data !== undefined;
  const ahead = neighbours.filter((one) => one !== undefined).join(' ');
  useEffect(() => {
    if (!isShown || ahead === '') return;
    for (const neighbour of ahead.split(' ')) void queries.prefetchQuery(entryQuery(neighbour));
  }, [isShown, ahead, queries]);
  return entry;
}
