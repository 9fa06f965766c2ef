import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAmount, formatShare } from './money-format';
import { formatDay, formatOffset, formatSpan, formatWhen, isoDay } from './time-format';

describe('amounts', () => {
  it.each([
    ['1240.5', '1,240.50'],
    ['-0.5', '−0.50'],
    ['0', '0.00'],
    ['-0.00', '0.00'],
    ['1234567.123', '1,234,567.123'],
  ])('%s is shown as %s', (amount, shown) => expect(formatAmount(amount)).toBe(shown));

  it('have a plus only where asked, and never at zero', () => {
    expect(formatAmount('5', { hasSign: true })).toBe('+5.00');
    expect(formatAmount('0', { hasSign: true })).toBe('0.00');
  });

  it('keep every digit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 24n }), fc.nat(9_999), (whole, fraction) => {
        const amount = `${whole}.${String(fraction).padStart(4, '0')}`;
        expect(formatAmount(amount).replaceAll(',', '')).toBe(amount);
      }),
    );
  });

  it('shares of nothing are a dash', () => {
    expect(formatShare(0, 0)).toBe('–');
    expect(formatShare(1, 3)).toBe('33.3 %');
  });
});

describe('times', () => {
  const now = new Date('2026-11-27T13:03:22Z');
  it.each([
    ['2026-11-27T13:03:09Z', '13 s ago'],
    ['2026-11-27T13:01:09Z', '14:01:09'],
    ['2026-11-26T23:30:00Z', '00:30:00'], // the same day in Malta
    ['2026-11-25T20:14:03Z', 'Wed 25 Nov, 21:14'],
  ])('%s is %s', (at, shown) => expect(formatWhen(new Date(at), 'Europe/Malta', now)).toBe(shown));

  it('days have a year when it is another', () => {
    expect(formatDay(new Date('2025-01-02T12:00:00Z'), 'UTC', now)).toBe('Thu 2 Jan 2025');
    expect(isoDay(new Date('2026-11-26T23:30:00Z'), 'Europe/Malta')).toBe('2026-11-27');
    expect(formatOffset(now, 'Europe/Malta')).toBe('UTC+1');
  });

  it.each([
    [340, '340 ms'],
    [13_000, '13 s'],
    [337_000, '5 min 37 s'],
    [144_000_000, '1 day 16 h'],
    [3_600_000, '1 h'],
  ])('%i ms are %s', (ms, shown) => expect(formatSpan(ms)).toBe(shown));
});
