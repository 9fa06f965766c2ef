import { useEffect } from 'react';
import { readStored, writeStored } from './storage';
import { createStore } from './store';

export const DENSITIES = ['compact', 'normal', 'roomy'] as const;
export type Density = (typeof DENSITIES)[number];

const KEY = 'density';
const ROW_HEIGHTS: Readonly<Record<Density, number>> = { compact: 30, normal: 38, roomy: 46 };

const density = createStore(readStored<Density>(KEY, (value) => DENSITIES.find((each) => each === value)) ?? 'normal');

function setDensity(next: Density): void {
  density.set(next);
  writeStored(KEY, next);
}

/** How close the rows of tables stand, as this browser remembers it. */
export function useDensity(): [Density, (next: Density) => void] {
  const current = density.use();
  useEffect(() => {
    document.documentElement.dataset['density'] = current;
  }, [current]);
  return [current, setDensity];
}

/** The height of a row of one line, in pixels. Rows of two lines are 10 higher. */
export function useRowHeight(): number {
  return ROW_HEIGHTS[useDensity()[0]];
}
