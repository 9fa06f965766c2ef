import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localTime } from '../../../../test/support/reports/local-time.js';
import { ERAS, moments } from '../../../../test/support/reports/random-facts.js';
import { toPeriod } from '../report-period.js';
import { daySlicesOf } from './day-slices.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 500);
const DAY_MS = 86_400_000;

describe('the days of a period', () => {
  it('have each of its moments once, the latest first, and begin where a local day does', () => {
    const periods = fc
      .constantFrom(...ERAS)
      .chain((era) => fc.record({ era: fc.constant(era), ends: fc.tuple(moments(era), moments(era)) }));
    fc.assert(
      fc.property(periods, ({ era: { timezone }, ends }) => {
        const [from, to] = ends.map((at) => at.getTime()).sort((a, b) => a - b) as [number, number];
        const slices = daySlicesOf({ period: toPeriod(from, to, timezone) });
        for (const [i, slice] of slices.entries()) {
          expect(slice.to).toBe(slices[i - 1]?.from ?? to);
          expect(slice.from).toBeLessThan(slice.to);
          const isFirst = i === slices.length - 1;
          expect(isFirst ? slice.from === from : isStartOfDay(slice.from, timezone)).toBe(true);
        }
        expect(slices.length > 0).toBe(to > from);
      }),
      { numRuns: RUNS },
    );
  });

  it('are those of both periods, in the order of their ends', () => {
    const at = Date.parse('2026-11-10T00:00:00Z');
    const compare = { ...toPeriod(at - 7 * DAY_MS, at - 5 * DAY_MS, 'UTC'), shiftDays: 7 };
    const slices = daySlicesOf({ period: toPeriod(at, at + 2 * DAY_MS, 'UTC'), compare });
    expect(slices.map(({ from, isCompared }) => [(from - at) / DAY_MS, isCompared])).toEqual([
      [1, false],
      [0, false],
      [-6, true],
      [-7, true],
    ]);
  });
});

/** Whether the millisecond before is of another day, or the clock shows midnight: some days have two. */
function isStartOfDay(at: number, timezone: string): boolean {
  const { day, hour, minute } = localTime(at, timezone);
  return localTime(at - 1, timezone).day !== day || (hour === 0 && minute === 0);
}
