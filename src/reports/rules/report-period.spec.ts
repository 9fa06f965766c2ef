import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ERAS, moments } from '../../../test/support/reports/random-facts.js';
import { addDays, localTime } from '../../../test/support/reports/local-time.js';
import { endOfDay, startOfDay } from '../../platform/time/time-zone.js';
import { bucketsOf, comparedPeriod, EARLIEST_MS, type Interval, toPeriod } from './report-period.js';
import type { ReportPeriod } from './report-question.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 30);
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

function days(from: string, to: string, timezone: string): ReportPeriod {
  return toPeriod(startOfDay(from, timezone).getTime(), endOfDay(to, timezone).getTime(), timezone);
}

function local(at: number, timezone: string): string {
  return new Date(localTime(at, timezone).wallMs).toISOString().slice(0, 16);
}

/** Both ends of a period as the clocks of its zone show them. */
function shown({ from, to }: ReportPeriod, timezone: string): [string, string] {
  return [local(from, timezone), local(to, timezone)];
}

describe('toPeriod', () => {
  it('does not begin before the first days that the copy can count', () => {
    expect(toPeriod(-5, 10, 'UTC')).toEqual({
      from: EARLIEST_MS,
      to: EARLIEST_MS,
      offsets: [{ from: EARLIEST_MS, offset: 0 }],
    });
  });
});

describe('bucketsOf', () => {
  const anyCase = fc.constantFrom(...ERAS).chain((era) =>
    fc.record({
      timezone: fc.constant(era.timezone),
      from: moments(era),
      hours: fc.integer({ min: 0, max: 24 * 40 }),
      interval: fc.constantFrom<Interval>('hour', 'day', 'week', 'month'),
    }),
  );

  it('covers each period without gaps and overlaps', () => {
    fc.assert(
      fc.property(anyCase, ({ timezone, from, hours, interval }) => {
        const period = toPeriod(from.getTime(), from.getTime() + hours * HOUR_MS, timezone);
        const buckets = bucketsOf(period, interval, timezone);
        if (hours === 0) {
          expect(buckets).toEqual([]);
          return;
        }
        expect(buckets[0]?.start).toBeLessThanOrEqual(period.from);
        expect(buckets[0]?.end).toBeGreaterThan(period.from);
        expect(buckets.at(-1)?.start).toBeLessThan(period.to);
        expect(buckets.at(-1)?.end).toBeGreaterThanOrEqual(period.to);
        for (const [i, { start, end }] of buckets.entries()) {
          expect(end).toBeGreaterThan(start);
          if (i > 0) expect(start).toBe(buckets[i - 1]?.end);
        }
        expect(new Set(buckets.map(({ key }) => key)).size).toBe(buckets.length);
      }),
      { numRuns: RUNS },
    );
  });

  it.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-03-30', 24],
    ['Europe/Berlin', '2026-10-25', 25],
    ['Antarctica/Troll', '2026-03-29', 22],
    ['America/Sao_Paulo', '2018-11-04', 23],
    ['Africa/Cairo', '2026-04-24', 23],
    ['Asia/Kathmandu', '2026-03-29', 24],
  ])('%s has on %s %i hours', (timezone, day, hours) => {
    const period = days(day, day, timezone);
    expect(period.to - period.from).toBe(hours * HOUR_MS);
    expect(bucketsOf(period, 'hour', timezone)).toHaveLength(hours);
    expect(bucketsOf(period, 'day', timezone)).toEqual([
      { key: Date.parse(day) / DAY_MS, start: period.from, end: period.to },
    ]);
  });

  it('has no bucket for a day that a zone skipped', () => {
    const buckets = bucketsOf(days('2011-12-29', '2011-12-31', 'Pacific/Apia'), 'day', 'Pacific/Apia');
    expect(buckets.map(({ key }) => new Date(key * DAY_MS).toISOString().slice(0, 10))).toEqual([
      '2011-12-29',
      '2011-12-31',
    ]);
  });

  it('splits an hour in which the clocks change by half an hour', () => {
    const buckets = bucketsOf(days('2026-04-05', '2026-04-05', 'Australia/Lord_Howe'), 'hour', 'Australia/Lord_Howe');
    expect(buckets.map(({ start, end }) => (end - start) / 60_000)).toEqual([
      60,
      60,
      30,
      ...Array<number>(22).fill(60),
    ]);
  });

  it('begins weeks with their Monday and months with their first day', () => {
    const period = days('2026-11-25', '2026-12-02', 'UTC');
    const starts = (interval: Interval) =>
      bucketsOf(period, interval, 'UTC').map(({ start }) => new Date(start).toISOString().slice(0, 10));
    expect(starts('week')).toEqual(['2026-11-23', '2026-11-30']);
    expect(starts('month')).toEqual(['2026-11-01', '2026-12-01']);
    expect(bucketsOf(period, 'month', 'UTC').map(({ key }) => key)).toEqual([2026 * 12 + 10, 2026 * 12 + 11]);
  });
});

describe('comparedPeriod', () => {
  const compare = (
    period: ReportPeriod,
    kind: 'previous' | 'year',
    timezone: string,
    matchWeekday = false,
  ): [string, string, number] => {
    const compared = comparedPeriod(period, { kind }, { timezone, matchWeekday });
    return [...shown(compared, timezone), compared.shiftDays];
  };

  it('is as many days before', () => {
    const period = days('2026-11-20', '2026-11-22', 'America/New_York');
    expect(compare(period, 'previous', 'America/New_York')).toEqual(['2026-11-17T00:00', '2026-11-20T00:00', 3]);
  });

  it('ends at the same time of day: today until now is compared with yesterday until then', () => {
    const period = toPeriod(Date.parse('2026-03-29T22:00:00Z'), Date.parse('2026-03-30T12:07:00Z'), 'Europe/Berlin');
    // Yesterday had 23 hours.
    expect(compare(period, 'previous', 'Europe/Berlin')).toEqual(['2026-03-29T00:00', '2026-03-29T14:07', 1]);
  });

  it('is the same day of last year, with 28 February for the 29th', () => {
    expect(compare(days('2028-02-29', '2028-02-29', 'UTC'), 'year', 'UTC')).toEqual([
      '2027-02-28T00:00',
      '2027-03-01T00:00',
      366,
    ]);
    expect(compare(days('2027-03-01', '2027-03-01', 'UTC'), 'year', 'UTC')).toEqual([
      '2026-03-01T00:00',
      '2026-03-02T00:00',
      365,
    ]);
  });

  it('begins on the same day of the week when that is asked for', () => {
    const period = days('2026-11-26', '2026-11-29', 'UTC');
    expect(compare(period, 'previous', 'UTC', true)).toEqual(['2026-11-19T00:00', '2026-11-23T00:00', 7]);
    expect(compare(period, 'year', 'UTC', true)).toEqual(['2025-11-27T00:00', '2025-12-01T00:00', 364]);
    const range = { kind: 'range', from: Date.parse('2026-10-01'), to: Date.parse('2026-10-05') } as const;
    const compared = comparedPeriod(period, range, { timezone: 'UTC', matchWeekday: true });
    expect([...shown(compared, 'UTC'), compared.shiftDays]).toEqual(['2026-10-01T00:00', '2026-10-05T00:00', 56]);
  });

  it.each([
    ['2018-11-04', '2018-11-03T00:00'],
    ['2018-11-05', '2018-11-04T01:00'],
  ])('begins with the day, also where %s or the day before begins at 1:00', (day, from) => {
    const zone = 'America/Sao_Paulo';
    const to = local(endOfDay(addDays(day, -1), zone).getTime(), zone);
    expect(compare(days(day, day, zone), 'previous', zone)).toEqual([from, to, 1]);
  });

  it('does not overlap with the period before a skipped day', () => {
    const zone = 'Pacific/Apia';
    const compared = comparedPeriod(
      days('2011-12-29', '2011-12-29', zone),
      { kind: 'previous' },
      { timezone: zone, matchWeekday: false },
    );
    expect(compared.to).toBe(startOfDay('2011-12-29', zone).getTime());
  });

  it('does not overlap, however long the period is', () => {
    const anyCase = fc.record({
      era: fc.constantFrom(...ERAS),
      length: fc.integer({ min: 0, max: 800 }),
      matchWeekday: fc.boolean(),
    });
    fc.assert(
      fc.property(anyCase, ({ era: { day, timezone }, length, matchWeekday }) => {
        const period = days(addDays(day, -length), day, timezone);
        const compared = comparedPeriod(period, { kind: 'previous' }, { timezone, matchWeekday });
        expect(compared.to).toBeLessThanOrEqual(period.from);
        expect(compared.shiftDays).toBeGreaterThan(length);
        if (matchWeekday) expect(compared.shiftDays % 7).toBe(0);
        else expect(compared.to).toBe(period.from);
      }),
      { numRuns: RUNS },
    );
  });
});
