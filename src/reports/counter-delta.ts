import { Big } from 'big.js';

/** Everything that is counted per link. A name is also the path of its field in the stored row. */
export const COUNTERS = [
  'clicks.total',
  'clicks.human',
  'clicks.bots',
  'clicks.unique',
  'registrations',
  'ftds',
  'deposits',
  'conversions',
  'approved',
  'pending',
  'rejected',
] as const;
export type CounterName = (typeof COUNTERS)[number];

/** How a change moves a link's counters. Deltas add up: order does not matter, and a negated one takes it back. */
export interface CounterDelta {
  counts: Partial<Record<CounterName, number>>;
  /** ISO 4217 code → decimal amount. */
  payouts: Record<string, string>;
}

export function sumDeltas(deltas: readonly CounterDelta[]): CounterDelta {
  const counts: Partial<Record<CounterName, number>> = {};
  const payouts: Record<string, string> = {};
  for (const delta of deltas) {
    for (const [name, value] of Object.entries(delta.counts) as [CounterName, number][]) {
      counts[name] = (counts[name] ?? 0) + value;
    }
    for (const [currency, amount] of Object.entries(delta.payouts)) {
      payouts[currency] = new Big(payouts[currency] ?? 0).plus(amount).toFixed();
    }
  }
  return {
    counts: Object.fromEntries(Object.entries(counts).filter(([, value]) => value !== 0)),
    payouts: Object.fromEntries(Object.entries(payouts).filter(([, amount]) => !new Big(amount).eq(0))),
  };
}

export function negateDelta({ counts, payouts }: CounterDelta): CounterDelta {
  return {
    counts: Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, -value])),
    payouts: Object.fromEntries(
      Object.entries(payouts).map(([currency, amount]) => [currency, new Big(amount).neg().toFixed()]),
    ),
  };
}

export function isNoChange({ counts, payouts }: CounterDelta): boolean {
  return Object.keys(counts).length === 0 && Object.keys(payouts).length === 0;
}
