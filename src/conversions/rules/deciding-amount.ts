import { compareAmounts, type Money } from '../../platform/money/money.js';
import type { ConversionStatus } from '../../platform/vocabulary/conversion-words.js';
import type { Origin } from './conversion-event.js';
import { compareText } from './status.js';

/** An amount, when it was told, by which source, and with which status. */
export interface TimedAmount {
  payout: Money;
  isCurrencyNamed: boolean;
  at: Date;
  /** Whose exchange rate counts. */
  pricedAt: Date;
  /** Of two at the same time the one with the higher number came later. Negative where the source named the time. */
  sequence: number;
  origin: Origin;
  status: ConversionStatus;
}

/** What a sale was worth is said by its approval; a hold may be an estimate, and a rejection often says 0. */
const RANK: Record<ConversionStatus, number> = { rejected: 0, pending: 1, approved: 2 };

/**
 * Which of two amounts holds: the one told with an approval, of two such the later, on a tie the one that names its currency,
 * then the larger. The maximum of a total order, as with statuses. No amount says nothing.
 */
export function decidingAmount(a: TimedAmount | null, b: TimedAmount | null): TimedAmount | null {
  if (a === null || b === null) return a ?? b;
  return compareAmountAuthority(a, b) >= 0 ? a : b;
}

/** Above 0 when `a` decides before `b`. */
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

export function sameMoney(a: Money | null, b: Money | null): boolean {
  if (a === null || b === null) return a === b;
  return a.currency === b.currency && compareAmounts(a.amount, b.amount) === 0;
}
