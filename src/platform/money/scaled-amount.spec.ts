import { Big } from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatScaledAmount, parseScaledAmount } from './scaled-amount.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 500);

const amounts = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.stringMatching(/^\d{0,18}$/))
  .map(([isNegative, whole, decimals]) => `${isNegative ? '-' : ''}${whole}${decimals === '' ? '' : `.${decimals}`}`);

describe('scaled amounts', () => {
  it('are the amounts again when they are formatted', () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(new Big(formatScaledAmount(parseScaledAmount(amount))).eq(new Big(amount))).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it('have sums without a rounding error', () => {
    expect(formatScaledAmount(parseScaledAmount('0.1') + parseScaledAmount('0.2'))).toBe('0.300000000000000000');
    expect(formatScaledAmount(parseScaledAmount('-0.000000000001'))).toBe('-0.000000000001000000');
  });
});
