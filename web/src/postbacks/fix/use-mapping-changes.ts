import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api, bodyOf, type Schema } from '../../api/client';
import { messageOf } from '../../api/problem';
import { showNotice, showUndo } from '../../ui/layout/toasts-state';
import type { NetworkMapping } from '../postback-types';
import { fixWords as words } from './fix-words';

type MappingChange = Schema<'MappingChangeResponse'>;

const WAITING_POLL_MS = 1_000;
const RUNNING_POLL_MS = 400;

/** A change of a mapping that was made on this page. */
export interface ActiveChange {
  change: MappingChange;
  /** The entry from which it was made. */
  postbackId: string;
  /** The plan in one line. */
  title: string;
  /** Postbacks that would count. */
  wouldCount: number;
}

export interface MappingChanges {
  find: (networkId: string) => ActiveChange | undefined;
  start: (networkId: string, mapping: NetworkMapping, about: Omit<ActiveChange, 'change'>) => Promise<void>;
  runNow: (active: ActiveChange) => Promise<void>;
  undo: (active: ActiveChange) => Promise<void>;
  close: (active: ActiveChange) => void;
}

/**
 * The changes of mappings that were made on this page, the latest of each network, with the progress of their runs.
 * @param onChanged called when postbacks may have changed
 */
export function useMappingChanges(onChanged: () => void): MappingChanges {
  const queries = useQueryClient();
  const [actives, setActives] = useState<readonly ActiveChange[]>([]);
  const endToast = useRef<() => void>(undefined);
  const polled = useQueries({ queries: actives.map(({ change }) => changeQuery(change)) });
  const current = actives.map((active, index) => ({ ...active, change: polled[index]?.data ?? active.change }));
  useEndOfRuns(current, onChanged);
  const store = (change: MappingChange): void => {
    queries.setQueryData(changeQuery(change).queryKey, change);
    void queries.invalidateQueries({ queryKey: ['networks'] });
  };
  const act = async (verb: 'undo' | 'run', { change }: ActiveChange): Promise<void> => {
    const params = { path: { id: change.networkId, changeId: change.id } };
    endToast.current?.();
    store(
      bodyOf(
        verb === 'undo'
          ? await api.POST('/api/v1/networks/{id}/mapping-changes/{changeId}/undo', { params })
          : await api.POST('/api/v1/networks/{id}/mapping-changes/{changeId}/run', { params }),
      ),
    );
    onChanged();
  };
  const undo = async (active: ActiveChange): Promise<void> => {
    await act('undo', active);
    showNotice(words.undone);
  };
  return {
    find: (networkId) => current.find(({ change }) => change.networkId === networkId),
    start: async (networkId, mapping, about) => {
      const params = { path: { id: networkId } };
      const change = bodyOf(await api.POST('/api/v1/networks/{id}/mapping-changes', { params, body: { mapping } }));
      const active = { ...about, change };
      store(change);
      setActives((all) => [...all.filter((one) => one.change.networkId !== networkId), active]);
      endToast.current = showUndo(words.mappedAndRuns(about.wouldCount), words.undo, () => {
        void undo(active).catch((error: unknown) => showNotice(messageOf(error), { isError: true }));
      });
    },
    runNow: (active) => act('run', active),
    undo,
    close: ({ change }) => setActives((all) => all.filter((one) => one.change.id !== change.id)),
  };
}

function changeQuery(change: MappingChange) {
  const { id, networkId } = change;
  return {
    queryKey: ['networks', 'mapping-change', networkId, id] as const,
    queryFn: async ({ signal }: { signal: AbortSignal }) => {
      const params = { path: { id: networkId, changeId: id } };
      return bodyOf(await api.GET('/api/v1/networks/{id}/mapping-changes/{changeId}', { params, signal }));
    },
    initialData: change,
    refetchInterval: ({ state: { data } }: { state: { data: MappingChange | undefined } }) => {
      if (data?.state === 'undoable') return WAITING_POLL_MS;
      return data?.state === 'running' ? RUNNING_POLL_MS : false;
    },
  };
}

/** Calls `onChanged` when a run has ended. */
function useEndOfRuns(actives: readonly ActiveChange[], onChanged: () => void): void {
  const before = useRef<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    const hasEnded = actives.some(({ change: { id, state } }) => {
      const was = before.current.get(id);
      return state === 'done' && was !== undefined && was !== 'done';
    });
    before.current = new Map(actives.map(({ change: { id, state } }) => [id, state]));
    if (hasEnded) onChanged();
  });
}
