import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTime } from './parse-time.js';

describe('parseTime', () => {
  it.each([
    ['1767225600', '2026-01-01T00:00:00.000Z'],
    ['1767225600123', '2026-01-01T00:00:00.123Z'],
    ['2026-01-01', '2026-01-01T00:00:00.000Z'],
    ['2026-01-01 10:30', '2026-01-01T10:30:00.000Z'],
    ['2026-01-01T10:30:15', '2026-01-01T10:30:15.000Z'],
    ['2026-01-01T10:30:15.5Z', '2026-01-01T10:30:15.500Z'],
    ['2026-01-01T10:30:15+02:00', '2026-01-01T08:30:15.000Z'],
  ])('reads %s as %s', (text, iso) => {
    expect(parseTime(text)?.toISOString()).toBe(iso);
  });

  it.each(['', 'now', '2026', '2026-W05-1', '2026-01-01T10', '2026-13-01', '2026-02-30', '2026-01-01T25:00', '12'])(
    'refuses %j',
    (text) => {
      expect(parseTime(text)).toBeUndefined();
    },
  );

  it('gives back every date that it is given, and never an invalid one', () => {
    const dates = fc.date({ min: new Date('2001-09-10'), max: new Date('2200-01-01'), noInvalidDate: true });
    fc.assert(fc.property(dates, (date) => parseTime(date.toISOString())?.getTime() === date.getTime()));
    fc.assert(fc.property(fc.string(), (text) => !Number.isNaN(parseTime(text)?.getTime() ?? 0)));
  });
});
