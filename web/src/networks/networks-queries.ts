import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf, type Schema } from '../api/client';
import { messageOf } from '../api/problem';
import { showNotice } from '../ui/layout/toasts-state';
import type { Network } from './gallery/gallery-entries';

const PAGE_SIZE = 100;
const AN_HOUR_MS = 3_600_000;

/** All presets; there are a few dozen. */
export const presetsQuery = queryOptions({
  queryKey: ['network-presets'],
  queryFn: async ({ signal }) => {
    const query = { limit: PAGE_SIZE };
    return bodyOf(await api.GET('/api/v1/network-presets', { params: { query }, signal })).data;
  },
  staleTime: AN_HOUR_MS,
});

/** The networks of the workspace, newest first. */
export const networksQuery = infiniteQueryOptions({
  queryKey: ['networks', 'list'],
  queryFn: async ({ pageParam, signal }) => {
    const query = { limit: PAGE_SIZE, ...(pageParam !== '' && { cursor: pageParam }) };
    return bodyOf(await api.GET('/api/v1/networks', { params: { query }, signal }));
  },
  initialPageParam: '',
  getNextPageParam: ({ page }) => page.nextCursor,
});

export const networkQuery = (id: string) =>
  queryOptions({
    queryKey: ['networks', id],
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/api/v1/networks/{id}', { params: { path: { id } }, signal })),
  });

/** The newest request of a network, also a test. `null`: nothing came yet. */
export const latestPostbackQuery = (networkId: string) =>
  queryOptions({
    queryKey: ['postbacks', 'latest', networkId],
    queryFn: async ({ signal }) => {
      const query = { networkId, limit: 1 };
      return bodyOf(await api.GET('/api/v1/postbacks', { params: { query }, signal })).data[0] ?? null;
    },
  });

/** Reads a pasted request, with a draft of the mapping if there is one. */
export const previewQuery = (networkId: string, body: Schema<'PreviewPostbackRequest'> | undefined) =>
  queryOptions({
    queryKey: ['networks', networkId, 'preview', body],
    queryFn: async ({ signal }) =>
      bodyOf(
        await api.POST('/api/v1/networks/{id}/preview', {
          params: { path: { id: networkId } },
          body: body ?? {},
          signal,
        }),
      ),
    enabled: body !== undefined,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });

export type NetworkPatch = Schema<'UpdateNetworkRequest'>;

async function patchNetwork(id: string, body: NetworkPatch): Promise<Network> {
  return bodyOf(await api.PATCH('/api/v1/networks/{id}', { params: { path: { id } }, body }));
}

/** Changes a network. The answer replaces what is known of it. */
export function usePatchNetwork(id: string) {
  const keep = useKeepNetwork();
  return useMutation({ mutationFn: (body: NetworkPatch) => patchNetwork(id, body), onSuccess: keep });
}

/** Takes a change back after its page may have been left; says how it went. */
export function useRestoringPatch(id: string): (body: NetworkPatch, restored: string) => void {
  const keep = useKeepNetwork();
  return (body, restored) => {
    patchNetwork(id, body).then(
      (network) => {
        keep(network);
        showNotice(restored);
      },
      (error: unknown) => showNotice(messageOf(error), { isError: true }),
    );
  };
}

/** Stores a network that a request has answered with, and reads the lists again. */
export function useKeepNetwork(): (network: Network) => void {
  const queries = useQueryClient();
  return (network) => {
    queries.setQueryData(networkQuery(network.id).queryKey, network);
    void queries.invalidateQueries({ queryKey: networksQuery.queryKey });
    // A preview that was read with the earlier mapping says something else now.
    void queries.invalidateQueries({ queryKey: ['networks', network.id, 'preview'] });
  };
}
