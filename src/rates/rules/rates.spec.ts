import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countingFor, dayOf, newestRates, type RateDay, revenueBy, windowStart } from './rate-days.js';
import { isRate, isRatedCurrency, parseDay } from './rate-values.js';
import { readRatesCsv } from './rates-csv.js';
import { sampleRates } from './sample-rates.js';

const day = (name: string, rates: Record<string, string> = { USD: '1.1' }): RateDay => ({ day: name, rates });
const tenEuro = { amount: '10', currency: 'EUR' };

describe('the tables that count for a day', () => {
  it('are its own and those of the seven days before it, newest first', () => {
    const names = ['2026-03-08', '2026-03-01', '2026-02-28', '2026-03-09', '2026-03-05'];
    expect(windowStart('2026-03-08')).toBe('2026-03-01');
    expect(
      countingFor(
        '2026-03-08',
        names.map((name) => day(name)),
      ).map((table) => table.day),
    ).toEqual(['2026-03-08', '2026-03-05', '2026-03-01']);
  });

  it('reach back over the ends of months and years', () => {
    expect(windowStart('2026-01-03')).toBe('2025-12-27');
    expect(windowStart('2028-03-03')).toBe('2028-02-25');
  });

  it('go by days of UTC', () => {
    expect(dayOf(new Date('2026-03-08T23:59:59.999Z'))).toBe('2026-03-08');
    expect(dayOf(new Date('2026-03-09T00:30:00+01:00'))).toBe('2026-03-08');
  });
});

describe('revenue', () => {
  it('is of the newest day that has both currencies, and never mixes days', () => {
    const window = {
      source: 'own' as const,
      days: [day('2026-11-20', { USD: '2' }), day('2026-11-19', { USD: '1.1', GBP: '0.8' })],
    };
    expect(revenueBy(window, tenEuro, 'USD', '2026-11-21')).toEqual({
      ok: true,
      revenue: { amount: '20', currency: 'USD' },
      rateDay: '2026-11-20',
      source: 'own',
    });
    expect(revenueBy(window, { amount: '8', currency: 'GBP' }, 'USD', '2026-11-21')).toEqual({
      ok: true,
      revenue: { amount: '11', currency: 'USD' },
      rateDay: '2026-11-19',
      source: 'own',
    });
  });

  it('is missing where a rate is, and never taken for one to one', () => {
    const none = { ok: false, reason: 'rate_missing' };
    const window = { source: 'own' as const, days: [day('2026-11-20')] };
    expect(revenueBy(window, tenEuro, 'GBP', '2026-11-20')).toEqual(none);
    expect(revenueBy(window, { amount: '1', currency: 'BRL' }, 'USD', '2026-11-20')).toEqual(none);
    expect(revenueBy({ source: 'own', days: [] }, tenEuro, 'USD', '2026-11-20')).toEqual(none);
  });

  it('needs no rate in the workspace’s own currency', () => {
    expect(revenueBy({ source: 'own', days: [] }, tenEuro, 'EUR', '2026-11-20')).toEqual({
      ok: true,
      revenue: tenEuro,
      rateDay: '2026-11-20',
      source: 'none',
    });
  });
});

describe('the rates that are shown', () => {
  it('are the newest of each currency, with their day', () => {
    const days = [day('2026-11-20', { USD: '2' }), day('2026-11-19', { USD: '1.1', GBP: '0.8' })];
    expect(newestRates({ source: 'own', days })).toEqual([
      { currency: 'GBP', rate: '0.8', day: '2026-11-19' },
      { currency: 'USD', rate: '2', day: '2026-11-20' },
    ]);
  });
});

describe('a rate’s parts', () => {
  it.each(['1', '1.0824', '0.0001', '17620.00', '000001.5', '9'.repeat(12)])('%s is a rate', (text) => {
    expect(isRate(text)).toBe(true);
  });
  it.each(['', '0', '0.000', '-1', '+1', '1,5', '1.', '.5', '1e3', 'N/A', ' 1', 'Infinity', '9'.repeat(13)])(
    '%j is none',
    (text) => {
      expect(isRate(text)).toBe(false);
    },
  );
  it.each([
    ['USD', true],
    ['EUR', false],
    ['usd', false],
    ['USDT', true],
    ['XYZ', true],
    ['Xyz', false],
    ['X', false],
    ['ABCDEFGHIJK', false],
    ['NULL', false],
    ['', false],
    ['toString', false],
  ] as const)('%s is a currency with a rate: %s', (code, is) => {
    expect(isRatedCurrency(code)).toBe(is);
  });
  it.each([
    ['2026-11-20', '2026-11-20'],
    ['20 November 2026', '2026-11-20'],
    ['1 february 2024', '2024-02-01'],
    ['2026-02-30', undefined],
    ['30 February 2026', undefined],
    ['20.11.2026', undefined],
    ['11/20/2026', undefined],
    ['20 Nov 2026', undefined],
    ['2026-11-20T00:00:00Z', undefined],
    ['', undefined],
  ])('%s is the day %s', (text, is) => {
    expect(parseDay(text)).toBe(is);
  });
});

describe('rates as CSV', () => {
  it('are read as the ECB writes them', () => {
    const history = 'Date,USD,JPY,BGN,\n2026-11-20,1.0824,163.45,N/A,\n2026-11-19,1.08,,1.9558,\n';
    expect(readRatesCsv(history)).toEqual({
      ok: true,
      days: [day('2026-11-20', { USD: '1.0824', JPY: '163.45' }), day('2026-11-19', { USD: '1.08', BGN: '1.9558' })],
    });
    expect(readRatesCsv('Date, USD, JPY, \n20 November 2026, 1.0824, 163.45, \n')).toEqual({
      ok: true,
      days: [day('2026-11-20', { USD: '1.0824', JPY: '163.45' })],
    });
  });

  it('are read as a spreadsheet saves them', () => {
    expect(readRatesCsv('\ufeffDate;USD\r\n2026-11-20;1.1\r\n')).toEqual({ ok: true, days: [day('2026-11-20')] });
  });

  it('are refused with every bad line once, by its number', () => {
    const text = [
      'Date,USD,GBP',
      '2026-11-20,1.1,0.8',
      'yesterday,1.1,0.8',
      '2026-11-18,-1,zero',
      '',
      '2026-11-17,,N/A',
      '2026-11-20,1.2,0.8',
      '2026-11-16,1,2,3',
      '2026-11-15,1,',
    ].join('\n');
    const reading = readRatesCsv(text);
    expect(reading.ok ? [] : reading.problems.map(({ line, code }) => [line, code])).toEqual([
      [3, 'line'],
      [4, 'line'],
      [6, 'line'],
      [7, 'repeated_day'],
      [8, 'line'],
    ]);
    expect(reading.ok ? '' : reading.problems[1]?.message).toMatch(/USD "-1".*GBP "zero"/);
  });

  it.each([
    ['', 1, 'no_rates'],
    ['Date,USD\n', 1, 'no_rates'],
    ['\n\nDay,USD\n2026-11-20,1', 3, 'header'],
    ['Date\n2026-11-20', 1, 'header'],
    ['Date,USD,EURO\n2026-11-20,1,1', 1, 'header'],
    ['Date,USD,EUR\n2026-11-20,1,1', 1, 'header'],
    ['Date,USD,USD\n2026-11-20,1,1', 1, 'header'],
    ['Date,,USD\n2026-11-20,1,1', 1, 'header'],
    ['Date,USD\n2026-11-20,"1', 2, 'unclosed_quote'],
  ])('are refused as a whole: %j', (text, line, code) => {
    expect(readRatesCsv(text)).toMatchObject({ ok: false, problems: [{ line, code }] });
  });

  it('are refused or plain, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(readRatesCsv(Buffer.concat([Buffer.from('Date,USD\n'), bytes])).ok).toBeTypeOf('boolean');
      }),
    );
  });
});

describe('the sample', () => {
  it('has a few dozen currencies on a few days', () => {
    const days = sampleRates();
    expect(days.length).toBeGreaterThan(4);
    for (const { rates } of days) {
      expect(Object.keys(rates).length).toBeGreaterThan(30);
      for (const [currency, rate] of Object.entries(rates)) expect([currency, isRate(rate)]).toEqual([currency, true]);
    }
  });
});
