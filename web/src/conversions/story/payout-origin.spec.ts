import { expect, it } from 'vitest';
import { payoutOrigin } from './payout-origin';

const eur = (amount: string): { amount: string; currency: string } => ({ amount, currency: 'EUR' });

it('is the source of the latest change of the payout, not of a later note or status', () => {
  const reported = { payout: eur('1'), origin: 'postback' } as const;
  const noted = { payout: eur('1'), origin: 'manual' } as const;
  const changed = { payout: eur('2'), origin: 'manual' } as const;
  expect(payoutOrigin([reported, noted])).toBe('postback');
  expect(payoutOrigin([reported, changed])).toBe('manual');
  expect(payoutOrigin([reported, changed, reported])).toBe('postback');
  expect(payoutOrigin([])).toBeUndefined();
});
