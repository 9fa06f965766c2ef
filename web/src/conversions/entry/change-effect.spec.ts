import { describe, expect, it } from 'vitest';
import { changeEffect } from './change-effect';

const eur = (amount: string): { amount: string; currency: string } => ({ amount, currency: 'EUR' });

describe('the effect of a change', () => {
  it.each([
    ['approved', 'rejected', 'Approved → Rejected takes 77.50 EUR out of confirmed and expected.'],
    ['rejected', 'approved', 'Rejected → Approved puts 77.50 EUR into confirmed and expected.'],
    ['pending', 'approved', 'Pending → Approved puts 77.50 EUR into confirmed.'],
    ['pending', 'rejected', 'Pending → Rejected takes 77.50 EUR out of expected.'],
  ] as const)('%s → %s', (from, to, said) => {
    expect(changeEffect({ status: from, payout: eur('77.5') }, { status: to, payout: eur('77.50') })).toBe(said);
  });

  it('says the difference of an amount', () => {
    expect(changeEffect({ status: 'approved', payout: eur('77.50') }, { status: 'approved', payout: eur('80') })).toBe(
      '80.00 EUR changes confirmed and expected by +2.50 EUR.',
    );
    expect(changeEffect({ status: 'pending', payout: eur('77.50') }, { status: 'pending', payout: eur('70') })).toBe(
      '70.00 EUR changes expected by −7.50 EUR.',
    );
  });

  it('never adds currencies', () => {
    const after = { status: 'approved', payout: { amount: '80', currency: 'USD' } } as const;
    expect(changeEffect({ status: 'approved', payout: eur('77.50') }, after)).toBe(
      '80.00 USD takes 77.50 EUR out of confirmed and expected, puts 80.00 USD into confirmed and expected.',
    );
  });

  it('names both when status and amount change', () => {
    expect(changeEffect({ status: 'pending', payout: eur('10') }, { status: 'approved', payout: eur('12') })).toBe(
      'Pending → Approved puts 12.00 EUR into confirmed, changes expected by +2.00 EUR.',
    );
  });

  it('is none for the same state, and no money without a payout', () => {
    expect(
      changeEffect({ status: 'approved', payout: eur('1') }, { status: 'approved', payout: eur('1.00') }),
    ).toBeNull();
    expect(changeEffect({ status: 'approved', payout: null }, { status: 'rejected', payout: null })).toBe(
      'Approved → Rejected changes no money.',
    );
  });
});
