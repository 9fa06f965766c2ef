import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CostPeriod, findOverlap } from './overlapping-costs.js';
import { costKey } from './read-cost.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 500);
const HOUR_MS = 3_600_000;

function cost(by: CostPeriod['by'], day = 0, offsetHours = 0): CostPeriod {
  const from = new Date(Date.UTC(2026, 10, 20 + day) - offsetHours * HOUR_MS);
  const to = new Date(from.getTime() + 24 * HOUR_MS);
  return { key: costKey({ day: String(day), timezone: String(offsetHours), by }), from, to, by };
}

function find(ones: readonly CostPeriod[], others: readonly CostPeriod[]) {
  const steps = findOverlap(ones, others);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

describe('an overlap of costs', () => {
  it.each<[string, CostPeriod, CostPeriod, boolean]>([
    ['the same cost', cost({ source: 'a' }), cost({ source: 'a' }), false],
    ['other sources', cost({ source: 'a' }), cost({ source: 'b' }), false],
    ['a source and a sub id', cost({ source: 'a' }), cost({ sub1: 'x' }), true],
    ['a source and one of its sub ids', cost({ source: 'a' }), cost({ source: 'a', sub1: 'x' }), true],
    ["a source and another one's sub id", cost({ source: 'a' }), cost({ source: 'b', sub1: 'x' }), false],
    ['all clicks and a source', cost({}), cost({ source: 'a' }), true],
    ['other days', cost({}), cost({ source: 'a' }, 1), false],
    ['the same day in two zones', cost({ source: 'a' }), cost({ source: 'a' }, 0, 2), true],
    ['days of two zones that do not touch', cost({ source: 'a' }), cost({ source: 'a' }, 2, 5), false],
  ])('%s', (_, one, other, isOverlap) => {
    expect(find([one], [other])).toEqual(isOverlap ? { one, other } : undefined);
    expect(find([other], [one])).toEqual(isOverlap ? { one: other, other: one } : undefined);
  });

  it('is found exactly when some click could belong to both', () => {
    const value = fc.constantFrom(undefined, 'x', 'y');
    const someCost = fc
      .tuple(
        fc.record({ source: value, sub1: value, link: value }),
        fc.integer({ min: 0, max: 2 }),
        fc.constantFrom(0, 2),
      )
      .map(([by, day, hours]) => cost(definedOf(by), day, hours));
    fc.assert(
      fc.property(fc.array(someCost, { maxLength: 6 }), fc.array(someCost, { maxLength: 6 }), (ones, others) => {
        const pairs = ones.flatMap((one) => others.map((other) => [one, other] as const));
        const expected = pairs.some(([one, other]) => one.key !== other.key && haveCommonClick(one, other));
        expect(find(ones, others) !== undefined).toBe(expected);
      }),
      { numRuns: RUNS },
    );
  });
});

function definedOf(by: Record<string, string | undefined>): CostPeriod['by'] {
  return Object.fromEntries(Object.entries(by).filter(([, value]) => value !== undefined));
}

/** Tries a click at each hour with each value. */
function haveCommonClick(one: CostPeriod, other: CostPeriod): boolean {
  const values = ['x', 'y', 'z'];
  for (let at = one.from.getTime(); at < one.to.getTime(); at += HOUR_MS) {
    if (at < other.from.getTime() || at >= other.to.getTime()) continue;
    for (const source of values) {
      for (const sub1 of values) {
        for (const link of values) {
          const click: Record<string, string> = { source, sub1, link };
          const isOf = ({ by }: CostPeriod): boolean => Object.entries(by).every(([name, v]) => click[name] === v);
          if (isOf(one) && isOf(other)) return true;
        }
      }
    }
  }
  return false;
}
