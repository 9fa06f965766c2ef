import { queryClient } from '../../api/query-client';
import { meQuery } from '../session';
import { setupQuery } from './setup-query';
import { readStored, writeStored } from '../storage';
import { createStore } from '../store';

// Start can be hidden once all steps are done. Each browser keeps this for each workspace.

const NAME = 'start-hidden';
const MAX_WORKSPACES = 100;

const hidden = createStore<readonly string[]>(readStored(NAME, listOf) ?? []);

function listOf(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string') : undefined;
}

function set(workspaceId: string, isHidden: boolean): void {
  const others = hidden.get().filter((id) => id !== workspaceId);
  hidden.set(isHidden ? [...others, workspaceId].slice(-MAX_WORKSPACES) : others);
  writeStored(NAME, hidden.get());
}

/** Whether Start is to be hidden when all is done, and how to change it. */
export function useHiddenWhenDone(workspaceId: string): [isHidden: boolean, set: (isHidden: boolean) => void] {
  return [hidden.use().includes(workspaceId), (next) => set(workspaceId, next)];
}

/** Where `/app` leads: to Start, or to the links when Start is done and hidden. */
export async function findHome(): Promise<'/start' | '/links'> {
  if (hidden.get().length === 0) return '/start';
  try {
    const { workspaces } = await queryClient.ensureQueryData(meQuery);
    const current = workspaces.find(({ isCurrent }) => isCurrent);
    if (current === undefined || !hidden.get().includes(current.id)) return '/start';
    const { current: step } = await queryClient.ensureQueryData(setupQuery);
    return step === null ? '/links' : '/start';
  } catch {
    return '/start'; // it says why nothing can be read
  }
}
