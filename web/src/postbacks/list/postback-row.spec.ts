import { describe, expect, it } from 'vitest';
import type { Postback, PostbackParameter } from '../postback-types';
import { toRow } from './postback-row';

const SUMMARY: Postback['summary'] = {
  eventWord: null,
  statusWord: null,
  payoutSent: null,
  currencySent: null,
  eventType: null,
  status: null,
  statusBefore: null,
  payout: null,
};
const POSTBACK: Postback = {
  id: 'pbk_1',
  networkId: 'net_1',
  receivedAt: '2026-11-27T13:02:51.204Z',
  origin: 'postback',
  method: 'GET',
  path: '/postback/***',
  query: '',
  body: '',
  headers: {},
  ip: '203.0.113.7',
  headline: 'Counted.',
  summary: SUMMARY,
  parameters: [],
  verdict: 'accepted',
  reason: null,
  hint: null,
  clickId: null,
  linkId: 'lnk_1',
  conversionId: null,
  waitsUntil: null,
  attempts: [],
};
const parameter = (some: Partial<PostbackParameter>): PostbackParameter => ({
  name: 'x',
  value: '1',
  state: 'taken',
  as: null,
  source: 'query',
  kind: 'ignored',
  meaning: '',
  ...some,
});
const row = (some: Partial<Omit<Postback, 'summary'>>, summary: Partial<Postback['summary']> = {}) =>
  toRow({ ...POSTBACK, ...some, summary: { ...SUMMARY, ...summary } });

describe('a row of the log', () => {
  it('shows event, status and money of what counted', () => {
    const payout = { amount: '77.50', currency: 'EUR' };
    expect(row({}, { eventType: 'ftd', status: 'pending', payout })).toMatchObject({
      event: 'ftd',
      note: 'pending',
      money: payout,
    });
    const free = { amount: '0.00', currency: 'EUR' };
    expect(row({}, { eventType: 'registration', status: 'approved', payout: free })).toMatchObject({
      note: '',
      money: null,
    });
  });

  it('shows the move of a status', () => {
    const summary = { eventType: 'ftd', status: 'approved', statusBefore: 'pending' } as const;
    expect(row({ verdict: 'updated' }, summary).note).toBe('pending → approved');
  });

  it('says where the click id is, and shows the amount as sent', () => {
    const parameters = [
      parameter({ name: 'tid', kind: 'unmappedClickId' }),
      parameter({ name: 'goal', value: 'dep1', kind: 'event', meaning: 'event: ftd' }),
    ];
    const rejected = { verdict: 'rejected', reason: 'unfilled_macro', parameters, waitsUntil: '2026-12-04' } as const;
    expect(row(rejected, { payoutSent: '77,50', currencySent: 'EUR', eventWord: 'dep1' })).toMatchObject({
      event: 'ftd',
      note: 'unfilled_macro · click id is in tid',
      money: { amount: '77.50', currency: 'EUR' },
      isWaiting: true,
    });
  });

  it('names the word that no mapping knows', () => {
    const parameters = [parameter({ as: 'event', value: 'dep_big', kind: 'event', meaning: 'event: not mapped' })];
    expect(
      row({ verdict: 'rejected', reason: 'unmapped_event', parameters }, { eventWord: 'dep_big', payoutSent: 'much' }),
    ).toMatchObject({ event: 'dep_big', note: 'unmapped_event · “dep_big” is unknown', money: null });
  });

  it('says why nothing was counted', () => {
    expect(row({ verdict: 'duplicate', parameters: [parameter({ kind: 'transaction' })] }).note).toBe(
      'same transaction',
    );
    expect(row({ verdict: 'duplicate' }).note).toBe('same event again');
    expect(row({ verdict: 'ignored', headline: 'The mapping ignores `ping`.' })).toMatchObject({
      event: '–',
      note: 'The mapping ignores ping',
    });
    expect(row({ verdict: 'test' }).note).toBe('not in the numbers');
  });
});
