import { useSyncExternalStore } from 'react';

/** Phones show cards instead of tables. */
const query = window.matchMedia('(max-width: 767px)');

function subscribe(listener: () => void): () => void {
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

export function useIsPhone(): boolean {
  return useSyncExternalStore(subscribe, () => query.matches);
}
