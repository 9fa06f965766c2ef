import { describe, expect, it } from 'vitest';
import { optimise, type VariantResult, weightsOf } from './optimise.js';

const result = (clicks: number, conversions: number, each = 0): VariantResult => ({
  clicks,
  conversions,
  revenue: conversions * each,
  revenueSquares: conversions * each * each,
});

/** A generator that gives the same numbers in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const sharesOf = (results: Record<string, VariantResult>, goal: 'approved' | 'epc' = 'approved', exploration = 0.1) =>
  Object.fromEntries(
    [...optimise(new Map(Object.entries(results)), goal, exploration, seeded(1))].map(([key, { share }]) => [
      key,
      share,
    ]),
  );

describe('optimise', () => {
  it('shares visitors evenly while there are no results', () => {
    const { A, B, C } = sharesOf({ A: result(0, 0), B: result(0, 0), C: result(0, 0) });
    for (const share of [A, B, C]) expect(share).toBeCloseTo(1 / 3, 1);
  });

  it('gives nearly all to a clearly better variant, and the minimum for exploration to the others', () => {
    const { A = 0, B = 0 } = sharesOf({ A: result(5_000, 100), B: result(5_000, 200) });
    expect(A).toBeCloseTo(0.05, 2);
    expect(B).toBeCloseTo(0.95, 2);
  });

  it('stays in doubt where the numbers are small', () => {
    const { A = 0, B = 0 } = sharesOf({ A: result(20, 1), B: result(20, 2) });
    expect(A).toBeGreaterThan(0.2);
    expect(B).toBeGreaterThan(A);
  });

  it('finds the better one by revenue a click where fewer conversions pay more', () => {
    const shares = { few: result(2_000, 40, 100), many: result(2_000, 120, 10) };
    expect(sharesOf(shares, 'epc')['few']).toBeGreaterThan(0.9);
    expect(sharesOf(shares, 'approved')['many']).toBeGreaterThan(0.9);
  });

  it('takes more conversions than clicks, losses and a single variant', () => {
    expect(sharesOf({ A: result(1, 5), B: result(3, 0) })['A']).toBeGreaterThan(0.5);
    expect(sharesOf({ A: result(10, 2, -5), B: result(10, 2, 5) }, 'epc')['B']).toBeGreaterThan(0.5);
    expect(sharesOf({ A: result(10, 0) })['A']).toBeCloseTo(1, 6);
  });

  it('sends few to the worse one over time, compared with an even split', () => {
    const random = seeded(7);
    const rates: Record<string, number> = { A: 0.02, B: 0.04, C: 0.03 };
    const results = new Map(Object.keys(rates).map((key) => [key, result(0, 0)]));
    let conversions = 0;
    for (let round = 0; round < 100; round++) {
      const outlook = optimise(results, 'approved', 0.1, random);
      for (const [key, { share }] of outlook) {
        const clicks = Math.round(share * 300);
        const won = Array.from({ length: clicks }).filter(() => random() < (rates[key] ?? 0)).length;
        const { clicks: had, conversions: earned } = results.get(key) ?? result(0, 0);
        results.set(key, result(had + clicks, earned + won));
        conversions += won;
      }
    }
    expect(results.get('B')?.clicks).toBeGreaterThan(18_000);
    expect(conversions).toBeGreaterThan(30_000 * 0.034); // 0.03 by an even split, 0.04 by knowing from the start
  });

  it('gives weights that are whole, and never nothing', () => {
    const outlook = optimise(
      new Map([
        ['A', result(9_000, 0)],
        ['B', result(9_000, 900)],
      ]),
      'approved',
      0.01,
      seeded(3),
    );
    const weights = weightsOf(outlook);
    expect(weights.get('A')).toBe(50);
    expect(weights.get('B')).toBe(9_950);
  });
});
