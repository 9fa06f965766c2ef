import { useEffect, useSyncExternalStore } from 'react';
import { readStored, writeStored } from './storage';

export const DENSITIES = ['compact', 'normal', 'roomy'] as const;
export type Density = (typeof DENSITIES)[number];

const KEY = 'density';
const ROW_HEIGHTS: Readonly<Record<Density, number>> = { compact: 30, normal: 38, roomy: 46 };

let density = readStored<Density>(KEY, (value) => DENSITIES.find((each) => each === value)) ?? 'normal';
const listeners = new Set<() => void>();

function setDensity(next: Density): void {
  density = next;
  writeStored(KEY, next);
  for (const listener of listeners) listener();
}

/** How close the rows of tables stand, as this browser remembers it. */
export function useDensity(): [Density, (next: Density) => void] {
  const current = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => density,
  );
  useEffect(() => {
    document.documentElement.dataset['density'] = current;
  }, [current]);
  return [current, setDensity];
}

/** The height of a row of one line, in pixels. Rows of two lines are 10 higher. */
export function useRowHeight(): number {
  return ROW_HEIGHTS[useDensity()[0]];
}
