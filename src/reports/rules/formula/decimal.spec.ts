import { Big } from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalText, dividedBy, hasAtMost, minus, plus, rounded, times, toDecimal, toNumber } from './decimal.js';

const runs = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 500) };
const Exact = Big();
Exact.DP = 20;

const text = fc
  .tuple(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.nat(14))
  .map(([digits, places]) => new Exact(`${digits}e-${places}`).toFixed(places));

describe('decimals', () => {
  it('are calculated as by another library', () => {
    fc.assert(
      fc.property(text, text, fc.nat(13), (left, right, decimals) => {
        const [a, b] = [toDecimal(left), toDecimal(right)];
        const [x, y] = [new Exact(left), new Exact(right)];
        expect(decimalText(plus(a, b))).toBe(plain(x.plus(y)));
        expect(decimalText(minus(a, b))).toBe(plain(x.minus(y)));
        expect(decimalText(times(a, b))).toBe(plain(x.times(y)));
        expect(decimalText(rounded(a, decimals))).toBe(plain(x.round(decimals, Big.roundHalfUp)));
        expect(hasAtMost(decimals, a)).toBe(x.round(decimals).eq(x));
        expect(toNumber(a)).toBe(Number(left) + 0);
        if (!y.eq(0)) expect(decimalText(dividedBy(a, b, 20))).toBe(plain(x.div(y)));
      }),
      runs,
    );
  });

  it.each([
    ['0', 2, '0.00'],
    ['-0.50', 0, '-0.5'],
    ['12.3400', 2, '12.34'],
    ['12.345000', 2, '12.345'],
    ['-7', 2, '-7.00'],
  ])('%s with at least %d decimals is %s', (value, least, expected) => {
    expect(decimalText(toDecimal(value), least)).toBe(expected);
  });

  it.each([
    [90_500.5, '90500.5'],
    [-3, '-3'],
    [0, '0'],
  ])('the number %d is %s', (value, expected) => {
    expect(decimalText(toDecimal(value))).toBe(expected);
  });

  it('has no negative zero', () => {
    expect(toNumber(rounded(toDecimal('-0.0000001'), 6))).toBe(0);
    expect(toNumber(toDecimal(-0))).toBe(0);
  });
});

function plain(value: Big): string {
  return value.eq(0) ? '0' : value.toFixed();
}
