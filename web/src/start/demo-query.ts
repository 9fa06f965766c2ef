import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import { ApiProblem } from '../api/problem';

const POLL_MS = 500;

/** The person's demo workspace and how far it is filled; `null` if there is none. */
export const demoQuery = queryOptions({
  queryKey: ['demo-workspace'],
  queryFn: async ({ signal }) => {
    try {
      return bodyOf(await api.GET('/api/v1/demo-workspace', { signal }));
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 404) return null;
      throw error;
    }
  },
  refetchInterval: ({ state }) => (state.data?.state === 'filling' ? POLL_MS : false),
});
