import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNestedTooDeep } from './nesting.js';

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

  it('is no matter for any JSON of a reasonable depth', () => {
    fc.assert(fc.property(fc.json({ maxDepth: 20 }), (json) => !isNestedTooDeep(json)));
  });
});
