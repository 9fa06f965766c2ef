import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import { hasScope, useMe } from '../app/session';
import type { Network } from './postback-types';

const NAMES_STALE_MS = 5 * 60_000;

/** The networks of the workspace, at most 100. */
export function useNetworks(): readonly Network[] {
  const isAllowed = hasScope(useMe(), 'networks:read');
  const { data } = useQuery({
    queryKey: ['networks', 'names'],
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/api/v1/networks', { params: { query: { limit: 100 } }, signal })).data,
    enabled: isAllowed,
    staleTime: NAMES_STALE_MS,
  });
  return data ?? [];
}

/** The name of a network; its id while the name is not known. */
export function useNetworkName(id: string | undefined): string | undefined {
  const networks = useNetworks();
  return id === undefined ? undefined : (networks.find((network) => network.id === id)?.name ?? id);
}

/** The title of a link. Each link is read once, when its first row comes into view. Absent: not known yet, or deleted. */
export function useLinkTitle(id: string | null | undefined): string | undefined {
  const isAllowed = hasScope(useMe(), 'links:read');
  const { data } = useQuery({
    queryKey: ['links', 'title', id],
    queryFn: async ({ signal }) => {
      const { title, slug } = bodyOf(
        await api.GET('/api/v1/links/{id}', { params: { path: { id: id ?? '' } }, signal }),
      );
      return title ?? slug;
    },
    enabled: isAllowed && id !== null && id !== undefined,
    staleTime: NAMES_STALE_MS,
    retry: false,
  });
  return data;
}
