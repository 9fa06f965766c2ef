import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventResult } from './event-result.js';
import type { ConversionState } from './conversion-state.js';
import { contribution } from './contribution.js';
import type { ConversionEvent } from './conversion-event.js';
import { MAX_UPDATES } from './known-updates.js';
import { Ledger } from './ledger.js';
import { type CounterDelta, isNoChange, negateDelta, sumDeltas } from '../../counters/rules/counter-delta.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 500);
const LONG_MS = 600_000;
const NOW = new Date('2026-01-15T12:00:00Z');
const hour = (n: number): Date => new Date(NOW.getTime() + n * 3_600_000);

const BASE: ConversionEvent = {
  origin: 'postback',
  networkId: 'net_1',
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
  sourceId: 'pbk_1',
  note: null,
  countRepeats: false,
  isCurrencyNamed: true,
  transactions: 'click',
};
const say = (change: Partial<ConversionEvent>): ConversionEvent => ({ ...BASE, ...change });

/** What is stored, as a database would hold it: each group of events is one transaction. Refunds wait for their money. */
class Store {
  conversions: ConversionState[] = [];
  counters: CounterDelta = { counts: {}, payouts: {}, revenues: {} };
  private waiting: ConversionEvent[] = [];

  commit(events: readonly ConversionEvent[]): EventResult[] {
    const applied = this.write(events);
    this.waiting.push(...events.filter((_, i) => applied[i]?.outcome === 'unknown_transaction'));
    const due = this.waiting;
    this.waiting = [];
    const again = this.write(due);
    this.waiting = due.filter((_, i) => again[i]?.outcome === 'unknown_transaction');
    return applied;
  }

  decide(conversionId: string, event: ConversionEvent): void {
    this.inLedger((ledger) => ledger.applyTo(conversionId, event));
  }

  private write(events: readonly ConversionEvent[]): EventResult[] {
    return this.inLedger((ledger) =>
      events.map((event) => {
        const applied = ledger.apply(event);
        expectNotSilent(event, applied, ledger.conversions);
        return applied;
      }),
    );
  }

  private inLedger<T>(work: (ledger: Ledger) => T): T {
    const ledger = new Ledger(this.conversions, NOW);
    const result = work(ledger);
    for (const { _id, payout } of ledger.unpriced) {
      if (payout !== null) ledger.price(_id, { amount: payout.amount, currency: 'GBP' });
    }
    const { inserts, updates, counters } = ledger.changes();
    const stored = [...inserts, ...updates.map(({ after }) => after)];
    const byId = new Map([...this.conversions, ...stored].map((one) => [one._id, one]));
    // As MongoDB gives it back: without what is undefined.
    this.conversions = [...byId.values()].map((one) => reviveDates(structuredClone(one)));
    this.counters = sumDeltas([this.counters, ...counters.values()]);
    return result;
  }

  outcome() {
    return this.conversions.map(outcomeOf).toSorted((a, b) => (a.key < b.key ? -1 : 1));
  }
}

const reviveDates = (one: ConversionState): ConversionState =>
  Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)) as unknown as ConversionState;

/** A duplicate whose amount is not the one that stands says so, and so does a refund that changes nothing. */
const expectNotSilent = (
  event: ConversionEvent,
  applied: EventResult,
  conversions: readonly ConversionState[],
): void => {
  if (applied.outcome !== 'duplicate' || event.amount === null) return;
  const payout = conversions.find(({ _id }) => _id === applied.conversionId)?.payout ?? null;
  const { payout: told } = event.amount;
  const isSame = payout?.amount === told.amount && (!event.isCurrencyNamed || payout.currency === told.currency);
  if (event.isChargeback || !isSame) expect(applied.notices, JSON.stringify([event, payout])).not.toEqual([]);
};

/** What may not depend on the order of arrival. Which of several clicks was the first to use a transaction id does. */
const outcomeOf = (one: ConversionState) => {
  const { dedupeKey, eventType, clickId, txid, status, statusAt, networkStatus, payout, refunded, revenue } = one;
  const { isFtd, convertedAt, playerId } = one;
  const key = txid === null ? dedupeKey : `${eventType} ${txid} ${clickId}`;
  const state = { status, statusAt, networkStatus, payout, refunded, revenue, isFtd, convertedAt, playerId };
  return { key, eventType, clickId, txid, ...state };
};

const clicks = fc.constantFrom(
  { linkId: 'lnk_1', clickId: 'K1' },
  { linkId: 'lnk_1', clickId: 'K2' },
  { linkId: 'lnk_2', clickId: 'K3' },
);
const payouts = fc.record({ amount: fc.constantFrom('50', '60.5', '7'), currency: fc.constantFrom('EUR', 'USD') });
/** A refund in part of two payments with one id is shared out, which depends on what has come: not the subject here. */
const transactionOf = (eventType: string, txid: string | null): string | null =>
  txid && `${eventType === 'ftd' || eventType === 'deposit' ? 'payment' : eventType}-${txid}`;
/** Several clicks have the same transaction ids, and an amount may name no currency. */
const words = fc.record({
  click: clicks,
  eventType: fc.constantFrom('ftd', 'deposit', 'sale', 'registration', 'revshare' as const),
  status: fc.constantFrom('pending', 'approved', 'approved', 'rejected' as const),
  networkStatus: fc.constantFrom('ok', null),
  payout: fc.option(payouts, { freq: 4 }),
  isNamed: fc.boolean(),
  txid: fc.constantFrom('T1', 'T2', null),
  playerId: fc.constantFrom('P1', null, null),
  hours: fc.integer({ min: -3, max: 3 }),
});
const toEvent = ({ click, payout, isNamed, hours, ...rest }: typeof words extends fc.Arbitrary<infer T> ? T : never) =>
  say({
    ...click,
    ...rest,
    txid: transactionOf(rest.eventType, rest.txid),
    amount: payout && { payout: isNamed ? payout : { ...payout, currency: 'USD' }, revenue: null },
    isCurrencyNamed: isNamed,
    at: hour(hours),
  });
/** Its amount is in the conversion's currency, whichever that will be. */
const refunds = fc
  .record({
    click: clicks,
    amount: fc.option(fc.constantFrom('5', '20', '50'), { freq: 5 }),
    txid: fc.constantFrom('payment-T1', 'payment-T2', 'sale-T1', 'sale-T2'),
    hours: fc.integer({ min: -3, max: 3 }),
    isRejection: fc.boolean(),
  })
  .map(({ click, amount, txid, hours, isRejection }) =>
    say({
      ...click,
      txid,
      eventType: txid.startsWith('sale') ? 'sale' : 'deposit',
      isChargeback: true,
      isRejection: isRejection && amount !== null,
      status: 'rejected',
      amount: amount === null ? null : { payout: { amount, currency: 'USD' }, revenue: null },
      isCurrencyNamed: false,
      at: hour(hours),
    }),
  );
const events = fc.oneof({ weight: 4, arbitrary: words.map(toEvent) }, { weight: 1, arbitrary: refunds });
const lists = fc.array(events, { minLength: 1, maxLength: 9 });

const deliver = (store: Store, list: readonly ConversionEvent[], cuts: readonly number[] = [1]): EventResult[] => {
  const applied: EventResult[] = [];
  for (let at = 0, i = 0; at < list.length; i++) {
    const size = cuts[i % cuts.length] ?? 1;
    applied.push(...store.commit(list.slice(at, at + size)));
    at += size;
  }
  return applied;
};
const cutsOf = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 });

describe('timed events', () => {
  it(
    'K4 end the same in any order, with repeats, refunds in part, reused transaction ids and amounts without a currency',
    () => {
      const cases = lists.chain((list) =>
        fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 }), cutsOf),
      );
      fc.assert(
        fc.property(cases, ([list, shuffled, cuts]) => {
          const [inOrder, other] = [new Store(), new Store()];
          deliver(inOrder, list);
          deliver(other, shuffled, cuts);
          expect(other.outcome()).toEqual(inOrder.outcome());
        }),
        { numRuns: RUNS },
      );
    },
    LONG_MS,
  );

  it(
    'K6 keep counters equal to a recount',
    () => {
      fc.assert(
        fc.property(fc.array(events, { maxLength: 14 }), cutsOf, (list, cuts) => {
          const store = new Store();
          deliver(store, list, cuts);
          const recount = sumDeltas(store.conversions.map(contribution));
          expect(isNoChange(sumDeltas([store.counters, negateDelta(recount)]))).toBe(true);
        }),
        { numRuns: RUNS },
      );
    },
    LONG_MS,
  );
});

/** Requests in the order in which they came, none of which names a time; a person decides in between. */
const untimed = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: events.map((event) => ({ ...event, isTimed: false })) },
    {
      weight: 1,
      arbitrary: fc.record({
        decision: fc.constantFrom('pending', 'approved', 'rejected' as const),
        amount: fc.option(fc.constantFrom('40', '70')),
      }),
    },
  ),
  { minLength: 1, maxLength: 9 },
);

describe('events that name no time', () => {
  it(
    'K4 that come again change nothing, however often and whatever came in between, also what a person has decided',
    () => {
      const cases = untimed.chain((list) =>
        fc.tuple(fc.constant(list), fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 12 })),
      );
      fc.assert(
        fc.property(cases, ([list, repeats]) => {
          const [plain, repeated] = [new Store(), new Store()];
          const told: ConversionEvent[] = [];
          list.forEach((one, i) => {
            const arrival = hour(4 + i / 2);
            for (const store of [plain, repeated]) {
              if (!('decision' in one)) store.commit([{ ...one, at: arrival }]);
              else decideFirst(store, one.decision, one.amount, arrival);
            }
            if (!('decision' in one)) told.push(one);
            for (const [where, which] of repeats) {
              const again = told[which % Math.max(told.length, 1)];
              if (where % list.length !== i || again === undefined) continue;
              const [applied] = repeated.commit([{ ...again, at: new Date(arrival.getTime() + 60_000) }]);
              expect(['duplicate', 'unknown_transaction']).toContain(applied?.outcome);
            }
            expect(repeated.outcome()).toEqual(plain.outcome());
          });
        }),
        { numRuns: RUNS },
      );
    },
    LONG_MS,
  );
});

it('K4 an amount without a currency is a repeat after a person has decided in another currency', () => {
  const store = new Store();
  const inDollars = { payout: { amount: '7', currency: 'USD' }, revenue: null };
  const unnamed = say({ txid: 'T', isTimed: false, amount: inDollars, isCurrencyNamed: false });
  store.commit([unnamed]);
  store.commit([{ ...unnamed, isCurrencyNamed: true, at: hour(1) }]);
  decideFirst(store, 'approved', '40', hour(3));
  const decided = store.outcome();
  expect(store.commit([{ ...unnamed, at: hour(4) }])).toMatchObject([{ outcome: 'duplicate' }]);
  expect(store.outcome()).toEqual(decided);
});

const decideFirst = (store: Store, status: ConversionEvent['status'], amount: string | null, at: Date): void => {
  const [first] = store.conversions.toSorted((a, b) => (outcomeOf(a).key < outcomeOf(b).key ? -1 : 1));
  if (first === undefined || (status === 'pending' && first.status !== 'pending')) return;
  const payout = amount === null ? null : { payout: { amount, currency: 'EUR' }, revenue: null };
  const { clickId, linkId, eventType, txid } = first;
  const decision = say({ clickId, linkId, eventType, txid, origin: 'manual', status, amount: payout, at });
  store.decide(first._id, decision);
};

describe('a player on 50 clicks', () => {
  it(
    'K2 has one first deposit, the earliest, in any order',
    () => {
      const all = Array.from({ length: 50 }, (_, i) =>
        say({ eventType: 'deposit', clickId: `K${i}`, txid: `T${i}`, playerId: 'P', at: hour(i % 7) }),
      );
      fc.assert(
        fc.property(fc.shuffledSubarray(all, { minLength: all.length }), cutsOf, (list, cuts) => {
          const store = new Store();
          deliver(store, list, cuts);
          const firsts = store.conversions.filter(({ isFtd }) => isFtd);
          expect(firsts.map(({ txid }) => txid)).toEqual(['T0']);
          expect(store.counters.counts.ftds).toBe(1);
        }),
        { numRuns: Math.ceil(RUNS / 25) },
      );
    },
    LONG_MS,
  );
});

describe('a conversion with very many updates', () => {
  it('keeps a bounded number of them, and comes to the same', () => {
    const store = new Store();
    for (let i = 0; i < 200; i++) {
      const amount = { payout: { amount: String(100 + i), currency: 'EUR' }, revenue: null };
      store.commit([say({ txid: 'T', amount, isTimed: false, at: hour(i) })]);
    }
    expect(store.conversions[0]?.updates?.length).toBeLessThanOrEqual(MAX_UPDATES);
    expect(store.conversions[0]?.payout?.amount).toBe('299');
  });

  it('K6 forgets no refund', () => {
    const store = new Store();
    store.commit([say({ txid: 'T', amount: { payout: { amount: '1000', currency: 'EUR' }, revenue: null } })]);
    for (let i = 1; i <= 100; i++) {
      const amount = { payout: { amount: '3', currency: 'EUR' }, revenue: null };
      store.commit([say({ txid: 'T', isChargeback: true, status: 'rejected', amount, at: hour(i) })]);
    }
    expect(store.conversions[0]).toMatchObject({ payout: { amount: '700' }, refunded: { amount: '300' } });
    expect(store.conversions[0]?.updates?.length).toBeLessThanOrEqual(MAX_UPDATES);
  });
});
