import type { MoneyValue } from '../ui/data/money-format';

const COUNTS = [
  'clicks',
  'humanClicks',
  'uniqueClicks',
  'botClicks',
  'registrations',
  'ftds',
  'approved',
  'pending',
  'rejected',
] as const;
const AMOUNTS = ['revenue', 'revenuePending', 'revenueRejected', 'cost', 'profit'] as const;

/**
 * The numbers of a link, or of several, in a period. Only sums: rates are derived from them, so that numbers can be added.
 * Amounts are `null` where money is hidden.
 */
export type LinkNumbers = Record<(typeof COUNTS)[number], number> & Record<(typeof AMOUNTS)[number], MoneyValue | null>;

/** The metrics to ask a report for. */
export const NUMBER_METRICS = [...COUNTS, ...AMOUNTS].join(',');

/** Reads a row or the totals of a report. */
export function readNumbers(row: Readonly<Record<string, unknown>>): LinkNumbers {
  const counts = COUNTS.map((name) => [name, Number(row[name] ?? 0)]);
  const amounts = AMOUNTS.map((name) => [name, row[name] ?? null]);
  return Object.fromEntries([...counts, ...amounts]) as LinkNumbers;
}

/** The numbers of a link that the report does not name: nothing happened. */
export function noNumbers(totals: LinkNumbers): LinkNumbers {
  const counts = COUNTS.map((name) => [name, 0]);
  const amounts = AMOUNTS.map((name) => [name, totals[name] && { ...totals[name], amount: '0.00' }]);
  return Object.fromEntries([...counts, ...amounts]) as LinkNumbers;
}

export function addNumbers(all: readonly LinkNumbers[]): LinkNumbers | undefined {
  return all.length === 0 ? undefined : all.reduce(addTwo);
}

function addTwo(a: LinkNumbers, b: LinkNumbers): LinkNumbers {
  const counts = COUNTS.map((name) => [name, a[name] + b[name]]);
  const amounts = AMOUNTS.map((name) => [name, addMoney(a[name], b[name])]);
  return Object.fromEntries([...counts, ...amounts]) as LinkNumbers;
}

export function addMoney(a: MoneyValue | null, b: MoneyValue | null): MoneyValue | null {
  if (a === null || b === null) return null;
  const decimals = Math.max(decimalsOf(a.amount), decimalsOf(b.amount));
  return {
    amount: fromUnits(toUnits(a.amount, decimals) + toUnits(b.amount, decimals), decimals),
    currency: a.currency,
  };
}

/** An amount divided by a count, rounded half away from zero; null for 0 / 0. Exact: no floating point is used. */
export function divideAmount(amount: string, count: number, decimals = 3): string | null {
  if (count === 0) return null;
  const units = toUnits(amount, decimals + decimalsOf(amount));
  const divisor = BigInt(count) * 10n ** BigInt(decimalsOf(amount));
  const half = units < 0n ? -divisor / 2n : divisor / 2n;
  return fromUnits((units + half) / divisor, decimals);
}

function decimalsOf(amount: string): number {
  return amount.split('.')[1]?.length ?? 0;
}

function toUnits(amount: string, decimals: number): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.padEnd(decimals, '0'));
}

function fromUnits(units: bigint, decimals: number): string {
  const digits = String(units < 0n ? -units : units).padStart(decimals + 1, '0');
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return units < 0n ? `-${text}` : text;
}
