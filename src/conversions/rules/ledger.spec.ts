import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CounterDelta, isNoChange, negateDelta, sumDeltas } from '../../counters/rules/counter-delta.js';
import type { ConversionState } from './conversion-state.js';
import { contribution } from './contribution.js';
import type { ConversionEvent } from './conversion-event.js';
import { personNodes } from './first-deposits.js';
import type { EventResult } from './event-result.js';
import { Ledger } from './ledger.js';

const NOW = new Date('2026-01-15T12:00:00Z');
const hour = (n: number): Date => new Date(NOW.getTime() + n * 3_600_000);
/** Ten thousand orders take a while on a busy machine. */
const LONG_MS = 60_000;

const BASE: ConversionEvent = {
  origin: 'postback',
  networkId: 'net_1',
  linkId: 'lnk_1',
  clickId: 'K1',
  clickedAt: hour(-2),
  eventType: 'deposit',
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

/** What is stored, as a database would hold it: each group of events is one transaction. */
class Store {
  conversions: ConversionState[] = [];
  counters = new Map<string, CounterDelta>();

  commit(events: readonly ConversionEvent[]): EventResult[] {
    const ledger = new Ledger(this.conversions, NOW);
    const applied = events.map((event) => ledger.apply(event));
    for (const { _id, payout } of ledger.unpriced) {
      if (payout !== null) ledger.price(_id, { amount: payout.amount, currency: 'GBP' });
    }
    const { inserts, updates, counters } = ledger.changes();
    const byId = new Map(
      [...this.conversions, ...inserts, ...updates.map(({ after }) => after)].map((one) => [one._id, one]),
    );
    this.conversions = [...byId.values()];
    for (const [linkId, delta] of counters) {
      this.counters.set(linkId, sumDeltas([...[this.counters.get(linkId) ?? []].flat(), delta]));
    }
    return applied;
  }

  /** What of it may not depend on the order of arrival. */
  outcome() {
    const conversions = this.conversions.map((one) => {
      const { networkId, dedupeKey, eventType, clickId, playerId, txid, status, statusAt, networkStatus, payout } = one;
      const { isFtd, convertedAt, flags } = one;
      const rest = { playerId, txid, status, statusAt, networkStatus, payout, isFtd, convertedAt, flags };
      // The first click of a transaction has the plain key, and a payment that of the event that came first.
      const key = txid === null ? dedupeKey : `${eventType} ${txid} ${clickId}`;
      return { key: `${networkId} ${key}`, eventType, clickId, ...rest };
    });
    const counters = [...this.counters].filter(([, delta]) => !isNoChange(delta));
    return {
      conversions: conversions.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
      counters: Object.fromEntries(counters.toSorted(([a], [b]) => (a < b ? -1 : 1))),
    };
  }
}

const amounts = fc.option(
  fc.record({ amount: fc.constantFrom('50', '60.5', '7'), currency: fc.constantFrom('EUR', 'USD') }),
  { freq: 4 },
);
/** Each link has its clicks, as in life. */
const clicks = fc.constantFrom(
  { linkId: 'lnk_1', clickId: 'K1' },
  { linkId: 'lnk_1', clickId: 'K2' },
  { linkId: 'lnk_2', clickId: 'K3' },
);
/** A transaction id belongs to one click of one player. */
const postbacks: fc.Arbitrary<ConversionEvent> = fc
  .record({
    click: clicks,
    eventType: fc.constantFrom(
      'registration',
      'ftd',
      'deposit',
      'sale',
      'qualified',
      'revshare',
      'withdrawal' as const,
    ),
    status: fc.constantFrom('pending', 'approved', 'rejected' as const),
    networkStatus: fc.constantFrom('ok', 'hold', null),
    payout: amounts,
    transaction: fc.option(fc.constantFrom('A', 'B')),
    player: fc.option(fc.constantFrom('P1', 'P2')),
    hours: fc.integer({ min: -3, max: 3 }),
    isChargeback: fc.constantFrom(false, false, false, false, true),
    sourceId: fc.uuid(),
  })
  .map(({ click, payout, transaction, player, hours, eventType, isChargeback, status, ...rest }) =>
    say({
      ...click,
      ...rest,
      eventType: isChargeback ? 'sale' : eventType,
      isChargeback: isChargeback && transaction !== null,
      status: isChargeback ? 'rejected' : status,
      amount: payout && { payout, revenue: { amount: payout.amount, currency: 'GBP' } },
      txid: transaction && `${click.clickId}-${transaction}`,
      playerId: player,
      at: hour(hours),
    }),
  );

const recount = (conversions: readonly ConversionState[]): Map<string, CounterDelta> => {
  const byLink = new Map<string, CounterDelta[]>();
  for (const one of conversions) byLink.set(one.linkId, [...(byLink.get(one.linkId) ?? []), contribution(one)]);
  return new Map([...byLink].map(([linkId, list]) => [linkId, sumDeltas(list)]));
};

/** The list with repeats, in another order, and cut into transactions. */
const arrivals = (list: readonly ConversionEvent[]) =>
  fc.tuple(
    fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 }),
    fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 8 }),
  );
const deliver = (store: Store, list: readonly ConversionEvent[], cuts: readonly number[] = [1]): void => {
  for (let at = 0, i = 0; at < list.length; i++) {
    const size = cuts[i % cuts.length] ?? 1;
    store.commit(list.slice(at, at + size));
    at += size;
  }
};
/** Chargebacks that come before their money wait, and are told again: so they are last here. */
const withoutChargebacks = postbacks.filter(({ isChargeback }) => !isChargeback);

const versionsOf = (conversions: readonly ConversionState[]): string[] =>
  conversions.flatMap(({ clickId, clickVersion }) =>
    typeof clickVersion === 'number' ? [`${clickId} ${clickVersion}`] : [],
  );

describe('the ledger', () => {
  it(
    'ends the same for 10,000 orders of arrival with repeats, in transactions of any size',
    () => {
      const sets = fc
        .uniqueArray(withoutChargebacks, { selector: ({ sourceId }) => sourceId, minLength: 1, maxLength: 9 })
        .chain((list) => fc.tuple(fc.constant(list), arrivals(list)));
      fc.assert(
        fc.property(sets, ([list, [shuffled, cuts]]) => {
          const [inOrder, other] = [new Store(), new Store()];
          deliver(inOrder, list);
          deliver(other, shuffled, cuts);
          expect(other.outcome()).toEqual(inOrder.outcome());
        }),
        { numRuns: 10_000 },
      );
    },
    LONG_MS,
  );

  it('keeps counters equal to a recount, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.array(postbacks, { maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1 }),
        (list, cuts) => {
          const store = new Store();
          deliver(store, list, cuts);
          const expected = recount(store.conversions);
          for (const linkId of ['lnk_1', 'lnk_2']) {
            const parts = [
              store.counters.get(linkId) ?? [],
              expected.get(linkId) ? [negateDelta(expected.get(linkId) as CounterDelta)] : [],
            ].flat();
            expect(isNoChange(sumDeltas(parts))).toBe(true);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('has one first deposit a person at most, and one wherever there is a candidate', () => {
    fc.assert(
      fc.property(fc.array(withoutChargebacks, { maxLength: 12 }), (list) => {
        const store = new Store();
        deliver(store, list);
        const firsts = store.conversions.filter(({ isFtd }) => isFtd);
        const nodes = firsts.flatMap(personNodes);
        expect(new Set(nodes).size).toBe(nodes.length);
        const isCandidate = ({ eventType, status }: ConversionState): boolean =>
          (eventType === 'ftd' && status !== 'rejected') || (eventType === 'deposit' && status === 'approved');
        if (store.conversions.some(isCandidate)) expect(firsts.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('a page and its network', () => {
  const pixel = say({ origin: 'pixel', sourceId: 'pbk_page', at: hour(-1) });

  it.each(['registration', 'ftd', 'deposit', 'sale', 'lead'] as const)(
    'count a %s once, whichever comes first',
    (eventType) => {
      const fromPage = { ...pixel, eventType };
      for (const txid of [null, 'N-1']) {
        const fromNetwork = say({
          eventType,
          txid,
          status: 'pending',
          amount: { payout: { amount: '9', currency: 'EUR' }, revenue: { amount: '9', currency: 'EUR' } },
        });
        const [pageFirst, networkFirst] = [new Store(), new Store()];
        const [first] = pageFirst.commit([fromPage]);
        expect(pageFirst.conversions[0]?.flags).toEqual(['pixel_only']);
        expect(pageFirst.commit([fromNetwork])).toEqual([{ ...first, outcome: 'updated' }]);
        networkFirst.commit([fromNetwork]);
        expect(networkFirst.commit([fromPage])[0]?.outcome).toBe('duplicate');
        expect(pageFirst.conversions).toHaveLength(1);
        expect(pageFirst.outcome()).toEqual(networkFirst.outcome());
        expect(pageFirst.conversions[0]).toMatchObject({ status: 'pending', txid, flags: [] });
      }
    },
  );

  it('count a sale once when both name the order', () => {
    const store = new Store();
    store.commit([
      say({ ...pixel, eventType: 'sale', txid: 'O-1' }),
      say({ ...pixel, eventType: 'sale', txid: 'O-2' }),
    ]);
    store.commit([say({ eventType: 'sale', txid: 'O-1' }), say({ eventType: 'sale', txid: 'O-2' })]);
    expect(store.conversions.map(({ txid, flags }) => [txid, flags])).toEqual([
      ['O-1', []],
      ['O-2', []],
    ]);
  });

  it('count once however often the page is loaded', () => {
    const store = new Store();
    store.commit([pixel, pixel]);
    expect(store.commit([pixel])[0]?.outcome).toBe('duplicate');
    expect(store.conversions).toHaveLength(1);
  });

  it('say nothing of another network', () => {
    const store = new Store();
    store.commit([pixel, say({ networkId: 'net_2' })]);
    expect(store.conversions).toHaveLength(2);
  });
});

describe('what is to be stored', () => {
  const changesOf = (known: readonly ConversionState[], ...events: ConversionEvent[]) => {
    const ledger = new Ledger(known, hour(1));
    for (const event of events) ledger.apply(event);
    return ledger.changes();
  };
  const known = (...events: ConversionEvent[]): ConversionState[] => {
    const store = new Store();
    store.commit(events);
    return store.conversions;
  };
  const paid = { payout: { amount: '5', currency: 'EUR' }, revenue: null };

  it('is nothing when a word that names no time comes again', () => {
    const word = say({ isTimed: false, amount: paid, networkStatus: 'ok', playerId: 'P' });
    const { inserts, updates, contestedPlayers, counters } = changesOf(known(word), { ...word, at: hour(1) });
    expect([inserts, updates, [...contestedPlayers], [...counters]]).toEqual([[], [], [], []]);
  });

  it.each([
    ['names a later time', { isTimed: true }],
    ['has another word for the status', { networkStatus: 'paid' }],
    ['names the player', { playerId: 'P' }],
    ['names an amount', { amount: paid }],
    ['is older', { at: hour(-1) }],
    ['has a note', { note: 'seen' }],
  ])('is one update when it %s', (_, change) => {
    const word = say({ isTimed: false });
    const before = known(word);
    const { inserts, updates } = changesOf(before, { ...word, at: hour(1), ...change });
    expect(inserts).toEqual([]);
    expect(updates.map((update) => update.before)).toEqual(before);
  });

  it.each<[Partial<ConversionEvent>, number | null, string[]]>([
    [{ eventType: 'registration' }, null, []],
    [{ eventType: 'deposit' }, 1, []],
    [{ eventType: 'registration', playerId: 'P' }, 1, ['player:net_1:P']],
    [{ eventType: 'revshare', playerId: 'P', clickId: null }, null, []],
    [{ eventType: 'revshare', playerId: 'P' }, null, []],
  ])(
    'is contested where a first deposit is chosen, or may be of a player with other clicks: %j',
    (change, version, players) => {
      const { inserts, contestedPlayers } = changesOf([], say(change));
      expect(inserts.map(({ clickVersion }) => clickVersion)).toEqual([version]);
      expect([...contestedPlayers]).toEqual(players);
    },
  );

  it('is contested with all players of the person, and nothing of others', () => {
    const others = [say({ clickId: 'K2', playerId: 'P', txid: 'b' }), say({ clickId: 'K3', playerId: 'Q', txid: 'c' })];
    const { contestedPlayers } = changesOf(known(...others), say({ playerId: 'P', txid: 'a' }));
    expect([...contestedPlayers]).toEqual(['player:net_1:P']);
  });

  it('takes numbers that no change of its click has had, for each change one', () => {
    fc.assert(
      fc.property(
        fc.array(withoutChargebacks, { maxLength: 12 }),
        fc.array(withoutChargebacks, { minLength: 1 }),
        (before, after) => {
          const store = new Store();
          deliver(store, before, [3]);
          const used = versionsOf(store.conversions);
          const ledger = new Ledger(store.conversions, NOW);
          for (const event of after) ledger.apply(event);
          const { inserts, updates } = ledger.changes();
          const changed = [...inserts, ...updates.map((update) => update.after)];
          const taken = versionsOf(changed);
          expect(new Set(taken).size).toBe(taken.length);
          expect(taken.filter((one) => used.includes(one))).toEqual([]);
          const isDeposit = ({ eventType }: ConversionState): boolean => eventType === 'ftd' || eventType === 'deposit';
          for (const one of changed.filter(isDeposit)) expect(one.clickVersion).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe('a player', () => {
  it('has one first deposit over all clicks', () => {
    const store = new Store();
    store.commit([say({ clickId: 'K2', txid: 'late', playerId: 'P', at: hour(2) })]);
    store.commit([say({ clickId: 'K1', txid: 'early', playerId: 'P', at: hour(1), linkId: 'lnk_2' })]);
    expect(store.conversions.filter(({ isFtd }) => isFtd).map(({ txid }) => txid)).toEqual(['early']);
    expect(store.counters.get('lnk_1')?.counts.ftds).toBeUndefined();
    expect(store.counters.get('lnk_2')?.counts.ftds).toBe(1);
  });

  it('is known by the click where one of its postbacks names none', () => {
    const store = new Store();
    store.commit([
      say({ eventType: 'registration', playerId: 'P' }),
      say({ eventType: 'ftd', clickId: 'K1', at: hour(0) }),
      say({ eventType: 'ftd', clickId: 'K2', playerId: 'P', at: hour(1) }),
    ]);
    expect(store.conversions.filter(({ isFtd }) => isFtd).map(({ clickId }) => clickId)).toEqual(['K1']);
  });
});

describe('a name that stands for every player', () => {
  it('is no player: each click has a first deposit of its own', () => {
    const store = new Store();
    const clicks = Array.from({ length: 250 }, (_, i) => `K${i}`);
    for (const clickId of clicks) store.commit([say({ eventType: 'ftd', clickId, txid: clickId, playerId: 'us' })]);
    expect(store.conversions.filter(({ isFtd }) => isFtd)).toHaveLength(250);
    expect(store.counters.get('lnk_1')?.counts.ftds).toBe(250);
  });
});

describe('a chargeback', () => {
  const chargeback = say({ isChargeback: true, eventType: 'sale', status: 'rejected', txid: 'T', at: hour(-2) });

  it('takes back all money of its transaction, whatever it was for', () => {
    const store = new Store();
    store.commit([
      say({ eventType: 'ftd', txid: 'T' }),
      say({ eventType: 'sale', txid: 'T' }),
      say({ eventType: 'registration', txid: 'T' }),
    ]);
    expect(store.commit([chargeback])[0]?.outcome).toBe('updated');
    expect(store.conversions.map(({ eventType, status }) => [eventType, status])).toEqual([
      ['ftd', 'rejected'],
      ['sale', 'rejected'],
      ['registration', 'approved'],
    ]);
    expect(store.commit([chargeback])[0]?.outcome).toBe('duplicate');
  });

  it('of nothing is known to be one', () => {
    const store = new Store();
    expect(store.commit([chargeback])).toEqual([{ outcome: 'unknown_transaction' }]);
    expect(store.conversions).toEqual([]);
  });
});
