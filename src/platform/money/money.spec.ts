import { describe, expect, it } from 'vitest';
import { formatAmount, parseCurrency } from './money.js';

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
