import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayInZone, endOfDay, isTimezone, startOfDay, suggestTimezone } from './time-zone.js';

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 500);
const HOUR_MS = 3_600_000;

describe('K11 a day of a time zone', () => {
  it.each<[day: string, timezone: string, start: string, end: string]>([
    ['2026-12-31', 'UTC', '2026-12-31T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['2026-12-31', 'Asia/Kolkata', '2026-12-30T18:30:00.000Z', '2026-12-31T18:30:00.000Z'],
    ['2026-12-31', 'America/New_York', '2026-12-31T05:00:00.000Z', '2027-01-01T05:00:00.000Z'],
    ['2026-12-31', 'Pacific/Kiritimati', '2026-12-30T10:00:00.000Z', '2026-12-31T10:00:00.000Z'],
    // 23 and 25 hours
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    // 23.5 and 24.5
    ['2026-10-04', 'Australia/Lord_Howe', '2026-10-03T13:30:00.000Z', '2026-10-04T13:00:00.000Z'],
    // The clock goes from 23:59 to 1:00.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z', '2018-11-05T02:00:00.000Z'],
    // The clock goes from 23:59 to 23:00 of the same day.
    ['2018-02-17', 'America/Sao_Paulo', '2018-02-17T02:00:00.000Z', '2018-02-18T03:00:00.000Z'],
    // A day that was left out has no length.
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z', '2011-12-30T10:00:00.000Z'],
    ['9999-12-31', 'UTC', '9999-12-31T00:00:00.000Z', '9999-12-31T23:59:59.999Z'],
  ])('%s in %s', (day, timezone, start, end) => {
    expect(startOfDay(day, timezone).toISOString()).toBe(start);
    expect(endOfDay(day, timezone).toISOString()).toBe(end);
  });

  it('begins where the day before ends, in every zone, and is 0 or 22 to 26 hours long', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const days = fc.date({ min: new Date('1975-01-01'), max: new Date('2037-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(zones, days, (timezone, date) => {
        const day = date.toISOString().slice(0, 10);
        const [start, end] = [startOfDay(day, timezone), endOfDay(day, timezone)];
        const hours = (end.getTime() - start.getTime()) / HOUR_MS;
        expect(hours === 0 || (hours >= 22 && hours <= 26)).toBe(true);
        if (hours === 0) return;
        expect(dayInZone(start.getTime(), timezone)).toBe(day);
        expect(dayInZone(start.getTime() - 1, timezone) < day).toBe(true);
        expect(dayInZone(end.getTime() - 1, timezone)).toBe(day);
      }),
      { numRuns },
    );
  });
});

describe('a time zone', () => {
  it.each(['UTC', 'Asia/Kolkata', 'Europe/Kyiv', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'])(
    '%s is one',
    (name) => {
      expect(isTimezone(name)).toBe(true);
    },
  );

  it.each(['', 'Mars/Phobos', '+05:30', 'GMT+5', 'Europe/Berlin ', 'x'.repeat(60)])('%j is none', (name) => {
    expect(isTimezone(name)).toBe(false);
  });

  it.each([
    ['Berlin', 'Europe/Berlin'],
    ['europe-berlin', undefined],
    ['new york', 'America/New_York'],
    ['', undefined],
  ])('%j is probably %s', (text, name) => {
    expect(suggestTimezone(text)).toBe(name);
  });
});
