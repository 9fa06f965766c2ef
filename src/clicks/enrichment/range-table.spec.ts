import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RangeTableBuilder } from './range-table.js';

const WORDS = 2 ** 32;

/** Separate ranges in order, and addresses in and around them, as numbers of `width` words. */
function cases(width: 1 | 4): fc.Arbitrary<{ ranges: [bigint, bigint][]; asked: bigint[] }> {
  const max = (1n << BigInt(32 * width)) - 1n;
  const address = fc.oneof(fc.bigInt({ min: 0n, max }), fc.bigInt({ min: 0n, max: 40n }));
  return fc
    .record({ points: fc.uniqueArray(address, { maxLength: 60 }), others: fc.array(address) })
    .map(({ points, others }) => {
      const sorted = points.sort((a, b) => (a < b ? -1 : 1)).slice(0, points.length - (points.length % 2));
      const ranges = sorted.flatMap((start, i): [bigint, bigint][] =>
        i % 2 === 0 ? [[start, sorted[i + 1] ?? start]] : [],
      );
      const around = sorted
        .flatMap((point) => [point - 1n, point, point + 1n])
        .filter((one) => one >= 0n && one <= max);
      return { ranges, asked: [...others, ...around] };
    });
}

function words(address: bigint, width: number): number[] {
  return Array.from({ length: width }, (_, i) => Number((address >> BigInt(32 * (width - 1 - i))) % BigInt(WORDS)));
}

describe('a range table', () => {
  it.each([1, 4] as const)('finds what a look at each range finds, with %d words', (width) => {
    fc.assert(
      fc.property(cases(width), ({ ranges, asked }) => {
        const builder = new RangeTableBuilder(width, 1);
        for (const [i, [start, end]] of ranges.entries()) {
          expect(builder.add(words(start, width), words(end, width), i)).toBe(true);
        }
        const table = builder.build();
        expect(table.size).toBe(ranges.length);
        for (const address of asked) {
          const linear = ranges.findIndex(([start, end]) => start <= address && address <= end);
          expect(table.find(words(address, width))).toBe(linear === -1 ? undefined : linear);
        }
      }),
    );
  });

  it('does not take what is out of order', () => {
    const builder = new RangeTableBuilder(1);
    expect(builder.add([10], [20], 1)).toBe(true);
    expect(builder.add([20], [30], 2)).toBe(false);
    expect(builder.add([5], [6], 3)).toBe(false);
    expect(builder.add([40], [39], 4)).toBe(false);
    expect(builder.add([21], [21], 5)).toBe(true);
    const table = builder.build();
    expect([9, 10, 20, 21, 22].map((address) => table.find([address]))).toEqual([undefined, 1, 1, 5, undefined]);
  });
});
