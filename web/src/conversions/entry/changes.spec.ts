import { expect, it } from 'vitest';
import { changesOf, effectWords } from './changes';

const before = { status: 'approved', payout: { amount: '77.50', currency: 'EUR' } } as const;
const draft = { status: 'approved', payout: { amount: '77.5', currency: 'eur' }, note: ' ' } as const;

it('sends what differs alone', () => {
  expect(changesOf(before, draft)).toEqual({});
  expect(changesOf(before, { ...draft, payout: { amount: '', currency: 'EUR' } })).toEqual({});
  expect(changesOf(before, { ...draft, status: 'rejected', note: ' Fraud ' })).toEqual({
    status: 'rejected',
    note: 'Fraud',
  });
  expect(changesOf(before, { ...draft, payout: { amount: '80,25', currency: 'EUR' } })).toEqual({
    payout: { amount: '80.25', currency: 'EUR' },
  });
});

it('leaves what is no amount to the API, and promises nothing for it', () => {
  const body = changesOf(before, { ...draft, payout: { amount: 'lots', currency: 'EUR' } });
  expect(body).toEqual({ payout: { amount: 'lots', currency: 'EUR' } });
  expect(effectWords(before, body)).toBe('Nothing changes yet.');
});

it('says the effect', () => {
  expect(effectWords(before, {})).toBe('Nothing changes yet.');
  expect(effectWords(before, { note: 'Fine' })).toBe('Adds a note. Status and money stay.');
  expect(effectWords(before, { status: 'rejected' })).toBe(
    'Approved → Rejected takes 77.50 EUR out of confirmed and expected.',
  );
});
