import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api, bodyOf } from '../../api/client';
import type { PostbacksQuery } from '../list/log-filters';
import type { BulkReplay } from '../postback-types';

const POLL_MS = 400;

const keyOf = (id: string | undefined) => ['postbacks', 'bulk-replay', id] as const;

async function create({ waiting, ...filter }: PostbacksQuery, dryRun: boolean): Promise<BulkReplay> {
  const body = { filter: { ...filter, ...(waiting === 'true' && { waiting: true }) }, dryRun };
  return bodyOf(await api.POST('/api/v1/postbacks/replay', { body }));
}

/** A run over many postbacks, with its progress. `onDone` is called when a run has ended that was no trial. */
export function useBulkReplay(onDone: () => void) {
  const queries = useQueryClient();
  const [id, setId] = useState<string>();
  const { data } = useQuery({
    queryKey: keyOf(id),
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/api/v1/postbacks/replays/{id}', { params: { path: { id: id ?? '' } }, signal })),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? POLL_MS : false),
  });
  const replay = id === undefined ? undefined : data;
  useEnd(replay, onDone);
  const show = (started: BulkReplay): void => {
    queries.setQueryData(keyOf(started.id), started);
    setId(started.id);
  };
  return {
    replay,
    tryOut: async (query: PostbacksQuery) => show(await create(query, true)),
    run: async (query: PostbacksQuery) => show(await create(query, false)),
    cancel: async () => {
      if (id === undefined) return;
      show(bodyOf(await api.POST('/api/v1/postbacks/replays/{id}/cancel', { params: { path: { id } } })));
    },
    forget: () => setId(undefined),
  };
}

export type BulkReplayRun = ReturnType<typeof useBulkReplay>;

function useEnd(replay: BulkReplay | undefined, onDone: () => void): void {
  const running = useRef<string>(undefined);
  useEffect(() => {
    if (replay === undefined || replay.dryRun) return;
    if (replay.state === 'running') running.current = replay.id;
    else if (running.current === replay.id) {
      running.current = undefined;
      onDone();
    }
  }, [replay, onDone]);
}
