import { COST_DIMENSIONS, type CostDimension } from '../facts.js';
import type { CostValues } from './read-cost.js';

/** A cost with its period. */
export interface CostPeriod {
  key: string;
  from: Date;
  to: Date;
  by: CostValues;
}

export interface CostOverlap<A extends CostPeriod, B extends CostPeriod> {
  one: A;
  other: B;
}

const STEP = 500;

/**
 * Finds a cost that may have clicks in common with another one: their periods overlap, and no dimension that both name
 * tells them apart. A click in both would cost what neither says. Costs with the same key are the same cost.
 * Yields after each part.
 */
export function* findOverlap<A extends CostPeriod, B extends CostPeriod>(
  ones: readonly A[],
  others: readonly B[],
): Generator<void, CostOverlap<A, B> | undefined> {
  const otherSets = bySet(others);
  let steps = 0;
  for (const [set, own] of bySet(ones)) {
    for (const [otherSet, candidates] of otherSets) {
      const common = COST_DIMENSIONS.filter((dimension) => isIn(set, dimension) && isIn(otherSet, dimension));
      const index = byValues(candidates, common);
      for (const one of own) {
        if (++steps % STEP === 0) yield;
        const other = index.get(valuesOf(one, common))?.find((candidate) => overlaps(one, candidate));
        if (other !== undefined) return { one, other };
      }
    }
  }
  return undefined;
}

function overlaps(one: CostPeriod, other: CostPeriod): boolean {
  return one.key !== other.key && one.from < other.to && other.from < one.to;
}

/** Costs by the dimensions that they name. */
function bySet<T extends CostPeriod>(costs: readonly T[]): Map<string, T[]> {
  const sets = new Map<string, T[]>();
  for (const cost of costs) {
    const set = COST_DIMENSIONS.filter((dimension) => cost.by[dimension] !== undefined).join();
    append(sets, set, cost);
  }
  return sets;
}

function isIn(set: string, dimension: CostDimension): boolean {
  return set.split(',').includes(dimension);
}

function byValues<T extends CostPeriod>(costs: readonly T[], dimensions: readonly CostDimension[]): Map<string, T[]> {
  const index = new Map<string, T[]>();
  for (const cost of costs) append(index, valuesOf(cost, dimensions), cost);
  return index;
}

function valuesOf({ by }: CostPeriod, dimensions: readonly CostDimension[]): string {
  return JSON.stringify(dimensions.map((dimension) => by[dimension]));
}

function append<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
