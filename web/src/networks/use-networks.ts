import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, bodyOf, type Schema } from '../api/client';
import { hasScope, useMe } from '../app/session';

const STALE_MS = 60_000;
const MAX_NETWORKS = 100;
const NONE: readonly Schema<'NetworkResponse'>[] = [];

/** The networks of the workspace, at most 100. Empty without the right to read networks. */
export function useNetworks(): readonly Schema<'NetworkResponse'>[] {
  const isAllowed = hasScope(useMe(), 'networks:read');
  const { data } = useQuery({
    queryKey: ['networks', 'names'],
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/api/v1/networks', { params: { query: { limit: MAX_NETWORKS } }, signal })).data,
    enabled: isAllowed,
    staleTime: STALE_MS,
  });
  return data ?? NONE;
}

/** The names of the networks by their ids. */
export function useNetworkNames(): ReadonlyMap<string, string> {
  const networks = useNetworks();
  return useMemo(() => new Map(networks.map(({ id, name }) => [id, name])), [networks]);
}
