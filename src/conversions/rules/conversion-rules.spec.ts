import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEvent, newConversion } from './apply-event.js';
import type { ConversionState } from './conversion-state.js';
import { contribution } from './contribution.js';
import type { ConversionEvent } from './conversion-event.js';
import { dedupeKey } from './dedupe-key.js';
import { firstDeposit } from './first-deposits.js';
import { decidingStatus } from './status.js';

const NOW = new Date('2026-01-15T12:00:00Z');

function event(change: Partial<ConversionEvent> = {}): ConversionEvent {
  return {
    origin: 'postback',
    networkId: 'net_1',
    linkId: 'lnk_1',
    clickId: 'K1',
    clickedAt: NOW,
    eventType: 'ftd',
    isChargeback: false,
    status: 'approved',
    networkStatus: null,
    amount: euros('50'),
    txid: 'T1',
    playerId: null,
    at: NOW,
    isTimed: true,
    sourceId: 'pbk_1',
    note: null,
    countRepeats: false,
    isCurrencyNamed: true,
    transactions: 'click',
    ...change,
  };
}

function euros(amount: string) {
  return { payout: { amount, currency: 'EUR' }, revenue: null };
}

function created(first: ConversionEvent): ConversionState {
  return newConversion(first, NOW, { dedupeKey: dedupeKey(first) });
}

function applyAll(events: ConversionEvent[]): ConversionState {
  const [first, ...rest] = events as [ConversionEvent, ...ConversionEvent[]];
  return rest.reduce((state, next) => applyEvent(state, next, NOW).after, created(first));
}

const at = fc.integer({ min: 0, max: 4 }).map((hour) => new Date(NOW.getTime() + hour * 3_600_000));
const status = fc.constantFrom('pending', 'approved', 'rejected' as const);
const networkStatus = fc.constantFrom('ok', 'paid', null);
const payout = fc.record({ amount: fc.constantFrom('50', '60.5'), currency: fc.constantFrom('EUR', 'USD') });
const amount = fc.option(payout.map((money) => ({ payout: money, revenue: null })));
const origin = fc.constantFrom('postback', 'pixel', 'import' as const);

describe('statuses', () => {
  it('end the same in whatever order they come, repeats included', () => {
    const events = fc.array(
      fc.record({ at, status, amount, networkStatus, origin }).map((change) => event(change)),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(
        events.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 })),
        ),
        ([inOrder, shuffled]) => {
          const outcome = ({ status: s, statusAt, networkStatus: n, payout: p, convertedAt }: ConversionState) => ({
            s,
            n,
            statusAt,
            p,
            convertedAt,
          });
          expect(outcome(applyAll(shuffled))).toEqual(outcome(applyAll(inOrder)));
        },
      ),
    );
  });

  it('move as published', () => {
    const later = new Date(NOW.getTime() + 1);
    const word = (s: 'pending' | 'approved' | 'rejected', when: Date, by: 'postback' | 'pixel' = 'postback') => ({
      status: s,
      at: when,
      networkStatus: null,
      origin: by,
      sequence: -1,
    });
    expect(decidingStatus(word('rejected', later, 'pixel'), word('pending', NOW)).status).toBe('pending');
    expect(decidingStatus(word('pending', NOW), word('approved', NOW)).status).toBe('approved');
    expect(decidingStatus(word('approved', NOW), word('pending', later)).status).toBe('approved');
    expect(decidingStatus(word('approved', NOW), word('rejected', later)).status).toBe('rejected');
    expect(decidingStatus(word('rejected', NOW), word('approved', later)).status).toBe('approved');
    expect(decidingStatus(word('rejected', later), word('approved', NOW)).status).toBe('rejected');
    expect(decidingStatus(word('approved', NOW), word('rejected', NOW)).status).toBe('rejected');
  });

  it('are written to the history once for each change', () => {
    const state = applyAll([
      event({ status: 'pending', amount: null }),
      event({ status: 'pending', amount: null }),
      event({ status: 'approved', networkStatus: 'ok', at: new Date(NOW.getTime() + 1) }),
    ]);
    expect(state.history.map((entry) => entry.status)).toEqual(['pending', 'approved']);
    expect(state).toMatchObject({ status: 'approved', networkStatus: 'ok', payout: { amount: '50' } });
  });

  it('say that a repeat changes nothing, and that a new amount does', () => {
    const state = created(event());
    expect(applyEvent(state, event({ amount: euros('50.00') }), NOW).changed).toBe(false);
    expect(applyEvent(state, event({ amount: euros('70') }), NOW).changed).toBe(true);
  });
});

describe('a share of revenue', () => {
  const FACTS = { country: 'GB', device: null, os: null, browser: null, subs: { sub1: 'x' } };
  const share = (clickId: string) => event({ eventType: 'revshare', txid: null, playerId: 'P', clickId });
  const complete = (clickId: string): ConversionState => {
    const { factsDue: _, ...state } = created(share(clickId));
    return { ...state, facts: FACTS };
  };

  it('that gets an earlier click looks for the facts of that click', () => {
    const { after } = applyEvent(complete('K2'), share('K1'), NOW);
    expect(after).toMatchObject({ clickId: 'K1', facts: null, factsDue: expect.any(Date) });
  });

  it('keeps its facts with its click', () => {
    const { after } = applyEvent(complete('K1'), { ...share('K2'), amount: euros('70') }, NOW);
    expect(after).toMatchObject({ clickId: 'K1', facts: FACTS });
    expect(after.factsDue).toBeUndefined();
  });
});

describe('dedupeKey', () => {
  const anonymous = event({ txid: null });
  it('is the transaction where there is one, else the click', () => {
    expect(dedupeKey(event())).toBe('tx:ftd:T1');
    expect(dedupeKey(anonymous)).toBe('click:ftd:K1');
    expect(dedupeKey({ ...anonymous, countRepeats: true })).toBe('click:ftd:K1');
  });
  it('is the request where repeats of deposits count', () => {
    expect(dedupeKey({ ...anonymous, eventType: 'deposit' })).toBe('click:deposit:K1');
    expect(dedupeKey({ ...anonymous, eventType: 'deposit', countRepeats: true })).toBe('once:deposit:pbk_1');
  });
  it('K2 is the link, the day and the player or click for a share of revenue', () => {
    const share = event({ eventType: 'revshare', txid: null });
    const ofLink = { ...share, clickId: null };
    expect(dedupeKey(ofLink)).toBe('day:revshare:lnk_1:2026-01-15');
    expect(dedupeKey(share)).toBe('day:revshare:lnk_1:2026-01-15:click:K1');
    expect(dedupeKey({ ...share, playerId: 'P' })).toBe('day:revshare:lnk_1:2026-01-15:player:P');
    expect(dedupeKey({ ...share, at: new Date('2026-01-15T23:59:59Z') })).toBe(dedupeKey(share));
    expect(dedupeKey({ ...share, clickId: 'K2' })).not.toBe(dedupeKey(share));
    expect(dedupeKey({ ...share, at: new Date('2026-01-16T00:00:00Z') })).not.toBe(dedupeKey(share));
    expect(dedupeKey({ ...share, txid: 'R1' })).toBe('tx:revshare:R1');
  });
  it('does not believe a page in what happens only once', () => {
    expect(dedupeKey(event({ origin: 'pixel' }))).toBe('click:ftd:K1');
    expect(dedupeKey(event({ origin: 'pixel', eventType: 'sale' }))).toBe('tx:sale:T1');
    expect(dedupeKey(event({ origin: 'pixel', eventType: 'sale', txid: null, countRepeats: true }))).toBe(
      'click:sale:K1',
    );
  });
});

describe('firstDeposit', () => {
  const hour = (n: number): Date => new Date(NOW.getTime() + n * 3_600_000);
  const candidate = (
    _id: string,
    eventType: 'ftd' | 'deposit' | 'sale',
    s: 'pending' | 'approved' | 'rejected',
    n: number,
  ) => ({
    _id,
    dedupeKey: _id,
    eventType,
    status: s,
    convertedAt: hour(n),
    txid: null,
    clickId: 'K1',
  });

  it('is the explicit one, wherever it comes', () => {
    expect(firstDeposit([candidate('a', 'deposit', 'approved', 0), candidate('b', 'ftd', 'pending', 1)])?._id).toBe(
      'b',
    );
  });
  it('is else the earliest approved deposit', () => {
    const deposits = [
      candidate('a', 'deposit', 'approved', 2),
      candidate('b', 'deposit', 'approved', 1),
      candidate('c', 'deposit', 'pending', 0),
      candidate('d', 'ftd', 'rejected', 0),
    ];
    expect(firstDeposit(deposits)?._id).toBe('b');
  });
  it('is none without a deposit', () => {
    expect(firstDeposit([candidate('a', 'sale', 'approved', 0)])).toBeUndefined();
  });
});

describe('contribution', () => {
  it('counts by kind and status, and pays only what is approved', () => {
    const payoutOfFtd = { amount: '50', currency: 'EUR' };
    const revenue = { amount: '54', currency: 'USD' };
    const ftd = { eventType: 'ftd', isFtd: true, payout: payoutOfFtd, revenue } as const;
    expect(contribution({ ...ftd, status: 'approved' })).toEqual({
      counts: { conversions: 1, approved: 1, ftds: 1 },
      payouts: { EUR: '50' },
      revenues: { USD: '54' },
    });
    expect(contribution({ ...ftd, status: 'rejected' })).toEqual({
      counts: { conversions: 1, rejected: 1 },
      payouts: {},
      revenues: {},
    });
  });
});
