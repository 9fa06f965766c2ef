import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import { ApiProblem } from '../api/problem';

export const linkQuery = (linkId: string) =>
  queryOptions({
    queryKey: ['links', 'one', linkId],
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/api/v1/links/{id}', { params: { path: { id: linkId } }, signal })),
  });

/** The last check of a link; `null` if it was never checked, or if there is no such link. */
export const linkCheckQuery = (linkId: string) =>
  queryOptions({
    queryKey: ['links', 'check', linkId],
    queryFn: async ({ signal }) => {
      try {
        return bodyOf(await api.GET('/api/v1/links/{id}/check', { params: { path: { id: linkId } }, signal }));
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 404) return null;
        throw error;
      }
    },
  });
