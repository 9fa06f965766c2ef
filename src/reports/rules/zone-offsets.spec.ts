import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localTime } from '../../../test/support/reports/local-time.js';
import { offsetAt, zoneOffsets } from './zone-offsets.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 200);
const DAY_MS = 86_400_000;
const ZONES = [
  'UTC',
  'America/New_York',
  'America/Sao_Paulo',
  'America/St_Johns',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Antarctica/Troll',
  'Antarctica/Casey',
];
const anyZone = fc.constantFrom(...ZONES);
/** Since 1973, when the last zone gave up offsets with seconds. */
const anyMoment = fc.integer({ min: Date.parse('1973-01-01T00:00:00Z'), max: Date.parse('2037-01-01T00:00:00Z') });

describe('zoneOffsets', () => {
  it('says what the clocks of the zone show, at every moment of the period', () => {
    fc.assert(
      fc.property(
        anyZone,
        anyMoment,
        fc.integer({ min: 0, max: 400 }),
        fc.array(fc.nat(), { maxLength: 20 }),
        (timezone, from, days, picks) => {
          const to = from + days * DAY_MS;
          const offsets = zoneOffsets(timezone, from, to);
          const changes = offsets.flatMap((one) => [one.from - 1, one.from]).filter((at) => at >= from);
          for (const at of [...changes, to, ...picks.map((pick) => from + (pick % (to - from + 1)))]) {
            const { offset } = offsets.findLast((one) => one.from <= at) ?? { offset: NaN };
            expect(at + offset).toBe(localTime(at, timezone).wallMs);
            expect(offsetAt(at, timezone)).toBe(offset);
          }
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('lists only changes, in order, and begins with the period', () => {
    fc.assert(
      fc.property(anyZone, anyMoment, fc.integer({ min: 0, max: 2_000 }), (timezone, from, days) => {
        const offsets = zoneOffsets(timezone, from, from + days * DAY_MS);
        expect(offsets[0]?.from).toBe(from);
        for (const [i, { from: at, offset }] of offsets.slice(1).entries()) {
          expect(at).toBeGreaterThan(offsets[i]?.from ?? Infinity);
          expect(offset).not.toBe(offsets[i]?.offset);
        }
      }),
      { numRuns: Math.ceil(RUNS / 10) },
    );
  });

  it.each([
    ['Pacific/Apia', '2011-12-30T10:00:00Z', -10, 14],
    ['Australia/Lord_Howe', '2026-04-04T15:00:00Z', 11, 10.5],
    ['Antarctica/Troll', '2026-03-29T01:00:00Z', 0, 2],
    ['America/Sao_Paulo', '2018-11-04T03:00:00Z', -3, -2],
  ])('finds the change of %s to the millisecond', (timezone, at, before, after) => {
    const change = Date.parse(at);
    expect(zoneOffsets(timezone, change - 3 * DAY_MS, change + 3 * DAY_MS)).toEqual([
      { from: change - 3 * DAY_MS, offset: before * 3_600_000 },
      { from: change, offset: after * 3_600_000 },
    ]);
  });

  it('refuses names that are no zones', () => {
    expect(() => zoneOffsets('Mars/Olympus', 0, 1)).toThrow(RangeError);
  });
});
