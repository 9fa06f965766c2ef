import { compareAmounts, type Money } from '../../platform/money/money.js';
import type { ConversionStatus } from '../../platform/vocabulary/conversion-words.js';
import type { Origin } from './conversion-event.js';
import { compareText } from './status.js';

/** An amount with its time, source and status. */
export interface TimedAmount {
  payout: Money;
  isCurrencyNamed: boolean;
  at: Date;
  /** Day whose exchange rate applies. */
  pricedAt: Date;
  /** At equal times, the higher number arrived later. Negative if the source named the time. */
  sequence: number;
  origin: Origin;
  status: ConversionStatus;
}

/** An approval has the actual amount. A pending amount may be an estimate, and a rejection often has 0. */
const RANK: Record<ConversionStatus, number> = { rejected: 0, pending: 1, approved: 2 };

/**
 * The amount that counts: one with an approval, then the later one, then the one that names its currency, then the larger.
 * This is the maximum of a total order, as with statuses, so the order of arrival does not matter. `null` never wins.
 */
export function decidingAmount(a: TimedAmount | null, b: TimedAmount | null): TimedAmount | null {
  if (a === null || b === null) return a ?? b;
  return compareAmountAuthority(a, b) >= 0 ? a : b;
}

/** Positive when `a` takes precedence over `b`. */
export function compareAmountAuthority(a: TimedAmount | null, b: TimedAmount | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  return (
    RANK[a.status] - RANK[b.status] ||
    a.at.getTime() - b.at.getTime() ||
    a.sequence - b.sequence ||
    Number(a.isCurrencyNamed) - Number(b.isCurrencyNamed) ||
    compareAmounts(a.payout.amount, b.payout.amount) ||
    compareText(a.payout.currency, b.payout.currency) ||
    compareText(a.origin, b.origin)
  );
}

/** Whether amount and currency are equal; two nulls are equal. */
export function sameMoney(a: Money | null, b: Money | null): boolean {
  if (a === null || b === null) return a === b;
  return a.currency === b.currency && compareAmounts(a.amount, b.amount) === 0;
}
