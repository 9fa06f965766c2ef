import { queryOptions, type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api, bodyOf, type Schema } from '../../api/client';
import { useLiveEvents } from '../live';

export type Setup = Schema<'SetupResponse'>;

/** The steps to the first counted conversion, with what was seen of each. */
export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: async ({ signal }) => bodyOf(await api.GET('/api/v1/setup', { signal })),
});

const EVERY_MS = 1_000;
/** Without live events, such as behind a proxy that buffers, the steps are read again at this pace. */
const SLOW_MS = 15_000;

let readAt = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Reads the steps again, at most once a second. The last event is never missed. */
function readSoon(queries: QueryClient): void {
  if (timer !== undefined) return;
  const wait = Math.max(0, readAt + EVERY_MS - Date.now());
  timer = setTimeout(() => {
    timer = undefined;
    readAt = Date.now();
    void queries.invalidateQueries({ queryKey: setupQuery.queryKey });
  }, wait);
}

/** The steps, renewed by live events until all are done. */
export function useSetup() {
  const queries = useQueryClient();
  const refresh = useCallback(() => {
    const known = queries.getQueryData(setupQuery.queryKey);
    if (known?.current !== null) readSoon(queries);
  }, [queries]);
  useLiveEvents(['click', 'postback', 'conversion'], refresh);
  return useQuery({ ...setupQuery, refetchInterval: ({ state }) => (state.data?.current === null ? false : SLOW_MS) });
}
