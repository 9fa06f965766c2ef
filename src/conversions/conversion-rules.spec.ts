import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEvent, type ConversionState, newConversion } from './apply-event.js';
import { contribution } from './contribution.js';
import type { ConversionEvent } from './conversion-event.js';
import { dedupeKey } from './dedupe-key.js';
import { firstDeposit } from './ftd.js';
import { decidingStatus } from './status.js';

const NOW = new Date('2026-01-15T12:00:00Z');
const attribution = { linkId: 'lnk_1', clickedAt: NOW };

function event(change: Partial<ConversionEvent> = {}): ConversionEvent {
  return {
    clickId: 'K1',
    eventType: 'ftd',
    status: 'approved',
    networkStatus: null,
    payout: { amount: '50', currency: 'EUR' },
    txid: 'T1',
    at: NOW,
    postbackId: 'pbk_1',
    countRepeats: false,
    ...change,
  };
}

function applyAll(events: ConversionEvent[]): ConversionState {
  const [first, ...rest] = events as [ConversionEvent, ...ConversionEvent[]];
  return rest.reduce(
    (state, next) => applyEvent(state, next, NOW).after,
    newConversion(first, 'net_1', attribution, NOW),
  );
}

const at = fc.integer({ min: 0, max: 4 }).map((hour) => new Date(NOW.getTime() + hour * 3_600_000));
const status = fc.constantFrom('pending', 'approved', 'rejected' as const);
const networkStatus = fc.constantFrom('ok', 'paid', null);
const payout = fc.option(fc.record({ amount: fc.constantFrom('50', '60.5'), currency: fc.constantFrom('EUR', 'USD') }));

describe('statuses', () => {
  it('end the same in whatever order they come, repeats included', () => {
    const events = fc.array(
      fc.record({ at, status, payout, networkStatus }).map((change) => event(change)),
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
    const word = (s: 'pending' | 'approved' | 'rejected', when: Date) => ({ status: s, at: when, networkStatus: null });
    expect(decidingStatus(word('pending', NOW), word('approved', NOW)).status).toBe('approved');
    expect(decidingStatus(word('approved', NOW), word('pending', later)).status).toBe('approved');
    expect(decidingStatus(word('approved', NOW), word('rejected', later)).status).toBe('rejected');
    expect(decidingStatus(word('rejected', NOW), word('approved', later)).status).toBe('approved');
    expect(decidingStatus(word('rejected', later), word('approved', NOW)).status).toBe('rejected');
    expect(decidingStatus(word('approved', NOW), word('rejected', NOW)).status).toBe('rejected');
  });

  it('are written to the history once for each change', () => {
    const state = applyAll([
      event({ status: 'pending', payout: null }),
      event({ status: 'pending', payout: null }),
      event({ status: 'approved', networkStatus: 'ok', at: new Date(NOW.getTime() + 1) }),
    ]);
    expect(state.history.map((entry) => entry.status)).toEqual(['pending', 'approved']);
    expect(state).toMatchObject({ status: 'approved', networkStatus: 'ok', payout: { amount: '50' } });
  });

  it('say that a repeat changes nothing, and that a new amount does', () => {
    const state = newConversion(event(), 'net_1', attribution, NOW);
    expect(applyEvent(state, event({ payout: { amount: '50.00', currency: 'EUR' } }), NOW).changed).toBe(false);
    expect(applyEvent(state, event({ payout: { amount: '70', currency: 'EUR' } }), NOW).changed).toBe(true);
  });
});

describe('dedupeKey', () => {
  const base = { eventType: 'ftd', txid: null, clickId: 'K1', postbackId: 'pbk_1', countRepeats: false } as const;
  it('is the transaction where there is one, else the click', () => {
    expect(dedupeKey({ ...base, txid: 'T1' })).toBe('tx:ftd:T1');
    expect(dedupeKey(base)).toBe('click:ftd:K1');
    expect(dedupeKey({ ...base, countRepeats: true })).toBe('click:ftd:K1');
  });
  it('is the request where repeats of deposits count', () => {
    expect(dedupeKey({ ...base, eventType: 'deposit' })).toBe('click:deposit:K1');
    expect(dedupeKey({ ...base, eventType: 'deposit', countRepeats: true })).toBe('once:deposit:pbk_1');
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
    const ftd = { eventType: 'ftd', isFtd: true, payout: { amount: '50', currency: 'EUR' } } as const;
    expect(contribution({ ...ftd, status: 'approved' })).toEqual({
      counts: { conversions: 1, approved: 1, ftds: 1 },
      payouts: { EUR: '50' },
    });
    expect(contribution({ ...ftd, status: 'rejected' })).toEqual({
      counts: { conversions: 1, rejected: 1 },
      payouts: {},
    });
  });
});
