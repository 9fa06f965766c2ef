import { useSyncExternalStore } from 'react';
import { queryClient } from '../../api/query-client';
import { meQuery } from '../session';
import { setupQuery } from './setup-query';
import { readStored, writeStored } from '../storage';

// Start can be hidden once all steps are done. Each browser keeps this for each workspace.

const NAME = 'start-hidden';
const MAX_WORKSPACES = 100;

const listeners = new Set<() => void>();
let hidden: readonly string[] = readStored(NAME, listOf) ?? [];

function listOf(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string') : undefined;
}

function set(workspaceId: string, isHidden: boolean): void {
  const others = hidden.filter((id) => id !== workspaceId);
  hidden = isHidden ? [...others, workspaceId].slice(-MAX_WORKSPACES) : others;
  writeStored(NAME, hidden);
  for (const listener of listeners) listener();
}

/** Whether Start is to be hidden when all is done, and how to change it. */
export function useHiddenWhenDone(workspaceId: string): [isHidden: boolean, set: (isHidden: boolean) => void] {
  const isHidden = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => hidden.includes(workspaceId),
  );
  return [isHidden, (next) => set(workspaceId, next)];
}

/** Where `/app` leads: to Start, or to the links when Start is done and hidden. */
export async function findHome(): Promise<'/start' | '/links'> {
  if (hidden.length === 0) return '/start';
  try {
    const { workspaces } = await queryClient.ensureQueryData(meQuery);
    const current = workspaces.find(({ isCurrent }) => isCurrent);
    if (current === undefined || !hidden.includes(current.id)) return '/start';
    const { current: step } = await queryClient.ensureQueryData(setupQuery);
    return step === null ? '/links' : '/start';
  } catch {
    return '/start'; // it says why nothing can be read
  }
}
