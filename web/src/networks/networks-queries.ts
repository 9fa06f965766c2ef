import { networkQuery } from './network-query';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { api, bodyOf, type Schema } from '../api/client';
import { messageOf } from '../api/problem';
import { newIdempotencyKey } from '../api/idempotency-key';
import { showNotice, showUndo } from '../ui/layout/toasts-state';
import type { Network } from './gallery/gallery-entries';
import { mappingWords } from './mapping/mapping-words';
import { networksWords } from './networks-words';

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

type NetworkPatch = Schema<'UpdateNetworkRequest'>;

async function patchNetwork(id: string, body: NetworkPatch): Promise<Network> {
  return bodyOf(await api.PATCH('/api/v1/networks/{id}', { params: { path: { id } }, body }));
}

/** Changes a network. The answer replaces what is known of it. */
export function usePatchNetwork(id: string) {
  const keep = useKeepNetwork();
  return useMutation({ mutationFn: (body: NetworkPatch) => patchNetwork(id, body), onSuccess: keep });
}

/** The effect of a change of the mapping on the requests that wait for it. */
export const mappingEffectQuery = (networkId: string, body: MappingChange | undefined) =>
  queryOptions({
    queryKey: ['networks', networkId, 'preview', 'waiting', body],
    queryFn: async ({ signal }) =>
      bodyOf(
        await api.POST('/api/v1/networks/{id}/mapping-changes/preview', {
          params: { path: { id: networkId } },
          body: body ?? {},
          signal,
        }),
      ),
    enabled: body !== undefined,
    gcTime: 60_000,
  });

export type MappingChange = Schema<'MappingChangeRequest'>;

/**
 * Changes how a network's requests are read. The server runs the waiting requests again when the time for an undo has passed,
 * so that an undo takes nothing back.
 * @param clickIdParam belongs to the links, so it is changed by a request of its own
 */
export function useChangeMapping({ id, clickIdParam: earlierParam }: Network) {
  const queries = useQueryClient();
  const keep = useKeepNetwork();
  const readAgain = async (): Promise<void> => keep(await queries.fetchQuery({ ...networkQuery(id), staleTime: 0 }));
  const undo = async (changeId: string, hasParam: boolean): Promise<void> => {
    await api.POST('/api/v1/networks/{id}/mapping-changes/{changeId}/undo', { params: { path: { id, changeId } } });
    if (hasParam) await patchNetwork(id, { clickIdParam: earlierParam });
    await readAgain();
  };
  return useMutation({
    mutationFn: async ({ clickIdParam = earlierParam, ...body }: MappingChange & { clickIdParam?: string }) => {
      const hasParam = clickIdParam !== earlierParam;
      // First, because it is checked too: a refused one leaves the mapping as it was.
      if (hasParam) await patchNetwork(id, { clickIdParam });
      const params = { path: { id }, header: { 'Idempotency-Key': newIdempotencyKey() } };
      const change = bodyOf(await api.POST('/api/v1/networks/{id}/mapping-changes', { params, body }));
      await readAgain();
      return { undo: () => undo(change.id, hasParam) };
    },
    onSuccess: ({ undo: takeBack }) =>
      showUndo(mappingWords.saved, networksWords.undo, () => {
        takeBack().then(
          () => showNotice(mappingWords.restored),
          (error: unknown) => showNotice(messageOf(error), { isError: true }),
        );
      }),
  });
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
