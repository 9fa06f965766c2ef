import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConversionEvent } from './conversion-event.js';
import type { ConversionState } from './conversion-state.js';
import { Ledger } from './ledger.js';

const NOW = new Date('2026-01-15T12:00:00Z');
const hour = (n: number): Date => new Date(NOW.getTime() + n * 3_600_000);
const eur = (amount: string) => ({ payout: { amount, currency: 'EUR' }, revenue: null });
const UNDO = { at: hour(1), sourceId: 'key_2', note: null };

const BASE: ConversionEvent = {
  origin: 'postback',
  networkId: 'net_1',
  linkId: 'lnk_1',
  clickId: 'K1',
  clickedAt: hour(-20),
  eventType: 'sale',
  isChargeback: false,
  status: 'approved',
  networkStatus: null,
  amount: null,
  txid: 'T1',
  playerId: null,
  at: hour(-10),
  isTimed: true,
  sourceId: 'pbk_1',
  note: null,
  countRepeats: false,
  isCurrencyNamed: true,
  transactions: 'click',
};
const say = (change: Partial<ConversionEvent>): ConversionEvent => ({ ...BASE, ...change });
const byPerson = (change: Partial<ConversionEvent>): ConversionEvent =>
  say({ origin: 'manual', at: NOW, sourceId: 'key_1', ...change });

const applied = (events: readonly ConversionEvent[]): ConversionState => {
  const ledger = new Ledger([], hour(-1));
  for (const event of events) ledger.apply(event);
  const [only] = ledger.conversions;
  if (!only) throw new Error('no conversion');
  return only;
};
const change = (state: ConversionState, event: ConversionEvent): ConversionState => {
  const ledger = new Ledger([state], NOW);
  ledger.applyTo(state._id, event);
  return ledger.conversions[0] ?? state;
};
const undone = (state: ConversionState): ConversionState | undefined => {
  const ledger = new Ledger([state], hour(1));
  return ledger.undo(state._id, UNDO) ? ledger.conversions[0] : undefined;
};
/** All that reports decide. */
const settled = (state: ConversionState): object => ({
  ...state,
  updates: undefined,
  history: [],
  updatedAt: NOW,
  dedupeKey: '',
  revenue: null,
});

describe('the undo of a change by a person', () => {
  it('makes an approved conversion pending again, and its payout empty', () => {
    const before = applied([say({ status: 'pending', networkStatus: 'hold' })]);
    const changed = change(before, byPerson({ status: 'approved', amount: eur('5'), note: 'seen' }));
    expect(changed).toMatchObject({ status: 'approved', payout: { amount: '5' } });
    const after = undone(changed);
    expect(after).toMatchObject({ status: 'pending', networkStatus: 'hold', payout: null, statusAt: before.statusAt });
    expect(after?.history.map(({ status, sourceId, note }) => [status, sourceId, note])).toEqual([
      ['pending', 'pbk_1', null],
      ['approved', 'key_1', 'seen'],
      ['pending', 'key_2', null],
    ]);
  });

  it('lets the network decide again as if there had been no change', () => {
    const before = applied([say({ amount: eur('5') })]);
    const after = undone(change(before, byPerson({ status: 'rejected' })));
    const late = say({ status: 'rejected', at: hour(-5), sourceId: 'pbk_2' });
    const ledger = new Ledger(after ? [after] : [], hour(2));
    ledger.apply(late);
    expect(ledger.conversions[0]).toMatchObject({ status: 'rejected', statusOrigin: 'postback' });
  });

  it('gives back what a page alone has reported', () => {
    const before = applied([say({ origin: 'pixel', amount: eur('9'), txid: null })]);
    const after = undone(change(before, byPerson({ status: 'rejected' })));
    expect(after).toMatchObject({ status: 'approved', statusOrigin: 'pixel', flags: before.flags });
  });

  it.each<[string, () => ConversionState]>([
    ['a conversion without changes', () => applied([say({})])],
    ['the creation by a person', () => applied([byPerson({})])],
    [
      'a report after the change',
      () =>
        change(
          change(applied([say({})]), byPerson({ status: 'rejected' })),
          say({ at: hour(0.5), status: 'approved' }),
        ),
    ],
    ['an undo', () => undone(change(applied([say({})]), byPerson({ status: 'rejected' }))) ?? applied([say({})])],
  ])('is refused for %s', (_, state) => {
    expect(undone(state())).toBeUndefined();
  });

  it('gives back what all reports have decided, whatever they are', () => {
    const report = fc
      .record({
        status: fc.constantFrom('pending', 'approved', 'rejected') as fc.Arbitrary<ConversionEvent['status']>,
        amount: fc.option(fc.constantFrom('1', '2.5', '7').map(eur), { nil: null }),
        at: fc.integer({ min: -15, max: -2 }).map(hour),
        isTimed: fc.boolean(),
        isCurrencyNamed: fc.boolean(),
        sourceId: fc.constantFrom('pbk_1', 'pbk_2'),
      })
      .map(say);
    const decision = fc
      .record({
        status: fc.constantFrom('approved', 'rejected') as fc.Arbitrary<ConversionEvent['status']>,
        amount: fc.option(fc.constantFrom('3', '8').map(eur), { nil: null }),
      })
      .map((fields) => byPerson({ ...fields, note: 'why' }));
    fc.assert(
      fc.property(fc.array(report, { minLength: 1, maxLength: 6 }), decision, (reports, event) => {
        const before = applied(reports);
        const after = undone(change(before, event));
        expect(after && settled(after)).toEqual(settled(before));
        expect(after?.history).toHaveLength(before.history.length + 2);
      }),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 300) },
    );
  });
});
