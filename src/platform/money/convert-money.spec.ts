import { Big } from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convertedDecimals, convertMoney } from './convert-money.js';

const RATES = { EUR: '1', USD: '1.08', JPY: '160', KWD: '0.33', BRL: '6.25', HALF: '0.00005' };

describe('convertMoney', () => {
  it.each([
    ['50', 'EUR', 'USD', '54'],
    ['54', 'USD', 'EUR', '50'],
    ['1', 'USD', 'EUR', '0.9259'],
    ['1', 'EUR', 'JPY', '160'],
    ['0.01', 'EUR', 'JPY', '1.6'],
    ['1', 'USD', 'JPY', '148.15'],
    ['1', 'JPY', 'KWD', '0.00206'],
    ['-2', 'USD', 'EUR', '-1.8519'],
    ['0', 'USD', 'EUR', '0'],
    ['-0.00001', 'USD', 'EUR', '0'],
    // Half to even: 0.00005, 0.00015, 0.00025 to four decimals.
    ['0.00005', 'EUR', 'EURX', '0'],
    ['0.00015', 'EUR', 'EURX', '0.0002'],
    ['0.00025', 'EUR', 'EURX', '0.0002'],
    ['-0.00015', 'EUR', 'EURX', '-0.0002'],
  ])('%s %s in %s is %s', (amount, currency, to, converted) => {
    expect(convertMoney({ amount, currency }, to, { ...RATES, EURX: '1' })).toEqual({
      amount: converted,
      currency: to,
    });
  });

  it('leaves an amount in its own currency as it is, with or without a rate', () => {
    const money = { amount: '0.1234567890', currency: 'CHF' };
    expect(convertMoney(money, 'CHF', {})).toEqual(money);
  });

  it('knows no rate that is not in the table', () => {
    expect(convertMoney({ amount: '1', currency: 'CHF' }, 'EUR', RATES)).toBeUndefined();
    expect(convertMoney({ amount: '1', currency: 'EUR' }, 'CHF', RATES)).toBeUndefined();
    expect(convertMoney({ amount: '1', currency: 'EUR' }, 'toString', RATES)).toBeUndefined();
    expect(convertMoney({ amount: '1', currency: 'CHF' }, 'EUR', {}, 'EUR')).toBeUndefined();
  });

  const amounts = fc
    .tuple(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), fc.nat({ max: 6 }))
    .map(([digits, decimals]) => new Big(digits.toString()).div(`1e${decimals}`).toFixed());
  const rates = fc.integer({ min: 1, max: 10 ** 9 }).map((rate) => new Big(rate).div('1e5').toFixed());

  it('is right to half of its last decimal', () => {
    fc.assert(
      fc.property(amounts, rates, rates, (amount, from, to) => {
        const converted = convertMoney({ amount, currency: 'AAA' }, 'USD', { AAA: from, USD: to })?.amount ?? 'none';
        // |converted × from − amount × to| ≤ from × half a unit of the last place: no division, so nothing is rounded.
        const error = new Big(converted).times(from).minus(new Big(amount).times(to)).abs();
        expect(error.lte(new Big(from).times('0.00005'))).toBe(true);
        expect((converted.split('.')[1] ?? '').length).toBeLessThanOrEqual(convertedDecimals('USD'));
        expect(converted).toMatch(/^-?\d+(\.\d+)?$/);
      }),
    );
  });

  it('is as much below nothing as above', () => {
    fc.assert(
      fc.property(amounts, rates, rates, (amount, from, to) => {
        const table = { AAA: from, USD: to };
        const plus = convertMoney({ amount, currency: 'AAA' }, 'USD', table)?.amount ?? '';
        const minus =
          convertMoney({ amount: new Big(amount).neg().toFixed(), currency: 'AAA' }, 'USD', table)?.amount ?? '';
        expect(new Big(plus).plus(minus).eq(0)).toBe(true);
      }),
    );
  });
});

describe('convertedDecimals', () => {
  it.each([
    ['USD', 4],
    ['JPY', 2],
    ['KWD', 5],
    ['CLF', 6],
    ['XYZ', 4],
  ] as const)('%s has %s', (currency, decimals) => {
    expect(convertedDecimals(currency)).toBe(decimals);
  });
});
