import { describe, expect, it } from 'vitest';
import type { ConversionEvent } from './conversion-event.js';
import { LedgerDryRun } from './import/ledger-dry-run.js';
import { Ledger } from './ledger.js';

const NOW = new Date('2026-01-15T12:00:00Z');
const hour = (n: number): Date => new Date(NOW.getTime() + n * 3_600_000);
const eur = (amount: string) => ({ payout: { amount, currency: 'EUR' }, revenue: null });

const BASE: ConversionEvent = {
  origin: 'manual',
  networkId: null,
  linkId: 'lnk_1',
  clickId: 'K1',
  clickedAt: hour(-9),
  eventType: 'sale',
  isChargeback: false,
  status: 'approved',
  networkStatus: null,
  amount: null,
  txid: null,
  playerId: null,
  at: NOW,
  isTimed: true,
  sourceId: 'key_1',
  note: null,
  countRepeats: false,
  isCurrencyNamed: true,
  transactions: 'click',
};
const say = (change: Partial<ConversionEvent>): ConversionEvent => ({ ...BASE, ...change });

/** What is left of one conversion after words that came one after the other. */
const after = (first: ConversionEvent, ...words: ConversionEvent[]) => {
  const ledger = new Ledger([], NOW);
  ledger.apply(first);
  const [{ _id } = { _id: '' }] = ledger.conversions;
  for (const word of words) ledger.applyTo(_id, word);
  return ledger.conversions;
};

describe('a manual entry', () => {
  it('of a conversion that only a page has reported keeps what the page sent', () => {
    const page = say({ origin: 'pixel', at: hour(-5), amount: eur('9'), playerId: 'P1' });
    const [only] = after(page, say({ note: 'seen on the bank statement' }));
    expect(only).toMatchObject({
      payout: { amount: '9' },
      playerId: 'P1',
      convertedAt: hour(-5),
      flags: ['rate_missing'],
    });
    expect(only?.history).toHaveLength(2);
  });

  it.each(['pending', 'approved', 'rejected'] as const)('sets the amount of a conversion that is %s', (status) => {
    const told = say({ origin: 'postback', at: hour(-5), status: 'approved', amount: eur('9') });
    const [only] = after(told, say({ status, amount: eur('4') }));
    expect(only?.payout?.amount).toBe('4');
  });

  it('gives way to a later amount of the network', () => {
    const told = say({ origin: 'postback', at: hour(-5), amount: eur('9'), txid: 'T' });
    const later = say({ origin: 'postback', at: hour(1), amount: eur('3'), txid: 'T' });
    const [only] = after(told, say({ amount: eur('4') }), later);
    expect(only?.payout?.amount).toBe('3');
  });

  it('is noted once, however often the same is sent for the same moment', () => {
    const row = say({ origin: 'import', note: 'from the file', at: hour(-1) });
    const [only] = after(row, row, row, say({ ...row, at: NOW }));
    expect(only?.history.map(({ at }) => at)).toEqual([hour(-1), NOW]);
  });
});

describe('a rehearsal', () => {
  const lead = (clickId: string, status: ConversionEvent['status'] = 'pending') =>
    say({ origin: 'import', eventType: 'lead', clickId, status });
  const outcomes = (rehearsal: LedgerDryRun, ...events: ConversionEvent[]): string[] =>
    rehearsal.apply(events, []).map(({ outcome }) => outcome);

  it('knows from one group to the next what would be stored', () => {
    const rehearsal = new LedgerDryRun();
    expect(outcomes(rehearsal, lead('K1'), lead('K2'), lead('K1'))).toEqual(['accepted', 'accepted', 'duplicate']);
    expect(outcomes(rehearsal, lead('K1', 'approved'), lead('K3'))).toEqual(['updated', 'accepted']);
    expect(outcomes(rehearsal, lead('K1'), lead('K2', 'rejected'))).toEqual(['duplicate', 'updated']);
  });

  it('puts what it has changed before what is stored', () => {
    const stored = after(lead('K1'));
    const rehearsal = new LedgerDryRun();
    const apply = (event: ConversionEvent) => rehearsal.apply([event], stored)[0]?.outcome;
    expect([apply(lead('K1')), apply(lead('K1', 'approved')), apply(lead('K1', 'approved'))]).toEqual([
      'duplicate',
      'updated',
      'duplicate',
    ]);
    expect(stored[0]?.status).toBe('pending');
  });

  it('does not remember more than it may', () => {
    const rehearsal = new LedgerDryRun(2);
    outcomes(rehearsal, lead('K1'), lead('K2'), lead('K3'));
    expect(outcomes(rehearsal, lead('K1'), lead('K3'))).toEqual(['accepted', 'duplicate']);
  });
});
