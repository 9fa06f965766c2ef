import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareAmounts, formatAmount, parseAmount, parseCurrency } from './money.js';

describe('parseAmount', () => {
  it.each([
    ['50', '50'],
    ['50.00', '50'],
    ['50,5', '50.5'],
    ['1,234.56', '1234.56'],
    ['1.234,56', '1234.56'],
    ['1,234,567', '1234567'],
    ['12,345', '12.345'],
    ['0,125', '0.125'],
    ['1.234', '1.234'],
    ['-12.5', '-12.5'],
    ['.5', '0.5'],
    [' 7 ', '7'],
  ])('reads %s as %s', (text, amount) => {
    expect(parseAmount(text)).toBe(amount);
  });

  it.each(['', 'abc', '{payout}', '1e5', '0x10', '1.2.3,4,5', '12,34.5', '--5', 'NaN', '9'.repeat(16), '.', ','])(
    'refuses %j',
    (text) => {
      expect(parseAmount(text)).toBeUndefined();
    },
  );

  it('never loses a cent', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), (cents) => {
        const sign = cents < 0 ? '-' : '';
        const abs = Math.abs(cents);
        const text = `${sign}${Math.floor(abs / 100)}.${String(abs % 100).padStart(2, '0')}`;
        const parsed = parseAmount(text);
        return parsed !== undefined && compareAmounts(parsed, text) === 0;
      }),
    );
  });
});

describe('formatAmount', () => {
  it('shows two decimals, and more where there are more', () => {
    expect(formatAmount('50')).toBe('50.00');
    expect(formatAmount('0.125')).toBe('0.125');
  });
});

describe('parseCurrency', () => {
  it('knows ISO 4217 in any case, and nothing else', () => {
    expect(parseCurrency('eur')).toBe('EUR');
    expect(parseCurrency('EURO')).toBeUndefined();
    expect(parseCurrency('$')).toBeUndefined();
  });
});
