import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNestedTooDeep, shapeOf } from './nesting.js';

const nested = (depth: number): string => `${'[{"a":'.repeat(depth / 2)}1${'}]'.repeat(depth / 2)}`;

describe('isNestedTooDeep', () => {
  it('begins at 65', () => {
    expect(isNestedTooDeep(nested(64))).toBe(false);
    expect(isNestedTooDeep(nested(66))).toBe(true);
    expect(isNestedTooDeep('['.repeat(100_000))).toBe(true);
  });

  it('counts neither what stands in texts nor what stands beside each other', () => {
    expect(isNestedTooDeep(JSON.stringify({ a: '[{"\\'.repeat(1_000) }))).toBe(false);
    expect(isNestedTooDeep(`[${'{"a":[]},'.repeat(1_000)}1]`)).toBe(false);
  });

  it('S7 takes a depth of its own, and counts commas between values only', () => {
    expect(isNestedTooDeep(nested(32), 32)).toBe(false);
    expect(isNestedTooDeep(nested(34), 32)).toBe(true);
    expect(shapeOf('{"a,b":[1,2,"x,y"],"c":",,"}')).toEqual({ depth: 2, containers: 2, commas: 3 });
    expect(shapeOf('['.repeat(100_000), 32).depth).toBe(33);
  });

  it('is no matter for any JSON of a reasonable depth', () => {
    fc.assert(fc.property(fc.json({ maxDepth: 20 }), (json) => !isNestedTooDeep(json)));
  });
});

describe('shapeOf', () => {
  const count = (value: unknown): { containers: number; commas: number } => {
    if (typeof value !== 'object' || value === null) return { containers: 0, commas: 0 };
    const parts = Object.values(value).map(count);
    const sum = (name: 'containers' | 'commas'): number => parts.reduce((total, part) => total + part[name], 0);
    return { containers: 1 + sum('containers'), commas: Math.max(0, parts.length - 1) + sum('commas') };
  };

  it('counts as a parser would, whatever the texts hold', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const { containers, commas } = shapeOf(JSON.stringify(value));
        expect({ containers, commas }).toEqual(count(value));
      }),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 500) },
    );
  });

  it.each(['"', '"\\', '"\\"', '{"a', '[1,2', '\\"', '', '"\\\\"'])('ends with a broken text: %s', (text) => {
    expect(shapeOf(text).depth).toBeLessThan(2);
  });
});
