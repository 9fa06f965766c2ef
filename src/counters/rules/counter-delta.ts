import { Big } from 'big.js';

/** All counters of a link. A name is also the path of its field in the stored row. */
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

/** A change of a link's counters. Deltas can be added in any order; a negated delta reverts one. */
export interface CounterDelta {
  counts: Partial<Record<CounterName, number>>;
  /** Payouts of approved conversions in the reported currencies: currency code → decimal amount. */
  payouts: Record<string, string>;
  /** The same in the workspace's current and former currencies. */
  revenues: Record<string, string>;
}

/** The sum of several deltas, without zeros. */
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

/** The delta that reverts this one. */
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
  const changed = Object.entries(sums).filter(([, amount]) => !amount.eq(0));
  return Object.fromEntries(changed.map(([currency, amount]) => [currency, amount.toFixed()]));
}

function negateAmounts(amounts: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(amounts).map(([currency, amount]) => [currency, new Big(amount).neg().toFixed()]),
  );
}
