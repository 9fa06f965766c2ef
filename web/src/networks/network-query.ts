import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';

export const networkQuery = (id: string) =>
  queryOptions({
    queryKey: ['networks', id],
    queryFn: async ({ signal }) => bodyOf(await api.GET('/api/v1/networks/{id}', { params: { path: { id } }, signal })),
  });
