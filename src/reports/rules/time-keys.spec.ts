import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayNumber, formatTimeKey, mondayOf, parseTimeKey } from './time-keys.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 500);
const day = fc.integer({ min: 2, max: 100_000 });

describe('time keys', () => {
  it('are read as they are written', () => {
    const hours = fc.integer({ min: 0, max: 2_400_000 }).map((n) => n * 900_000);
    fc.assert(
      fc.property(day, hours, (n, hour) => {
        expect(parseTimeKey('day', String(formatTimeKey('day', n)))).toBe(n);
        expect(parseTimeKey('week', String(formatTimeKey('week', mondayOf(n))))).toBe(mondayOf(n));
        expect(parseTimeKey('month', String(formatTimeKey('month', n)))).toBe(n < 120_000 ? n : undefined);
        expect(parseTimeKey('hour', String(formatTimeKey('hour', hour)))).toBe(hour);
      }),
      { numRuns: RUNS },
    );
  });

  it('of weeks are Mondays, named by any day of the week', () => {
    fc.assert(
      fc.property(day, (n) => {
        const monday = new Date(mondayOf(n) * 86_400_000);
        expect(monday.getUTCDay()).toBe(1);
        expect(n - mondayOf(n)).toBeLessThan(7);
        expect(parseTimeKey('week', String(formatTimeKey('day', n)))).toBe(mondayOf(n));
      }),
      { numRuns: RUNS },
    );
  });

  it.each([
    ['hour', 0, '1970-01-01T00:00:00.000Z'],
    ['day', 20_780, '2026-11-23'],
    ['week', 20_780, '2026-11-23'],
    ['month', 2_026 * 12 + 10, '2026-11'],
    ['weekday', 7, 7],
    ['hourOfDay', 0, 0],
  ] as const)('writes %s', (dimension, key, text) => {
    expect(formatTimeKey(dimension, key)).toBe(text);
  });

  it.each([
    ['hour', '2026-11-23T10Z', Date.parse('2026-11-23T10:00:00Z')],
    ['hour', '2026-11-23T10:30:00+05:30', Date.parse('2026-11-23T05:00:00Z')],
    ['hour', '2026-11-23T10:00', undefined],
    ['hour', '2026-02-30T10:00:00Z', undefined],
    ['hour', '2026-13-01T10:00:00Z', undefined],
    ['day', '2026-02-29', undefined],
    ['day', '26-02-28', undefined],
    ['week', 'monday', undefined],
    ['month', '2026-00', undefined],
    ['month', '2026-1', undefined],
    ['weekday', '0', undefined],
    ['weekday', '01', undefined],
    ['hourOfDay', '19', 19],
    ['hourOfDay', '023', undefined],
  ] as const)('reads %s %s', (dimension, text, key) => {
    expect(parseTimeKey(dimension, text)).toBe(key);
  });

  it('of days are those of the calendar', () => {
    expect(dayNumber('1970-01-01')).toBe(0);
    expect(dayNumber('2024-02-29')).toBe(19_782);
    expect(dayNumber('2023-02-29')).toBeUndefined();
  });
});
