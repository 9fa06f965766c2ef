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
  /** What approved conversions pay, as it was told: ISO 4217 code → decimal amount. */
  payouts: Record<string, string>;
  /** The same in the workspace's currency, or in those that it has had. */
  revenues: Record<string, string>;
}

export function sumDeltas(deltas: readonly CounterDelta[]): CounterDelta {
  const counts: Partial<Record<CounterName, number>> = {};
  for (const delta of deltas) {
    for (const [name, value] of Object.entries(delta.counts) as [CounterName, number][]) {
      counts[name] = (counts[name] ?? 0) + value;
    }
  }
  return {
    counts: Object.fromEntries(Object.entries(counts).filter(([, value]) => value !== 0)),
    payouts: sumAmounts(deltas.map(({ payouts }) => payouts)),
    revenues: sumAmounts(deltas.map(({ revenues }) => revenues)),
  };
}

export function negateDelta({ counts, payouts, revenues }: CounterDelta): CounterDelta {
  return {
    counts: Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, -value])),
    payouts: negateAmounts(payouts),
    revenues: negateAmounts(revenues),
  };
}

export function isNoChange({ counts, payouts, revenues }: CounterDelta): boolean {
  return [counts, payouts, revenues].every((part) => Object.keys(part).length === 0);
}

function sumAmounts(all: readonly Record<string, string>[]): Record<string, string> {
  const sums: Record<string, Big> = {};
  for (const [currency, amount] of all.flatMap((amounts) => Object.entries(amounts))) {
    sums[currency] = (sums[currency] ?? new Big(0)).plus(amount);
  }
  const moved = Object.entries(sums).filter(([, amount]) => !amount.eq(0));
  return Object.fromEntries(moved.map(([currency, amount]) => [currency, amount.toFixed()]));
}

function negateAmounts(amounts: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(amounts).map(([currency, amount]) => [currency, new Big(amount).neg().toFixed()]),
  );
}
