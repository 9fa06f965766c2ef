import { Big } from 'big.js';
import { formatAmount, type Money } from '../../../platform/money/money.js';
import {
  CONVERSION_STATUSES,
  type ConversionStatus,
  EVENT_TYPES,
  type EventType,
} from '../../../platform/vocabulary/conversion-words.js';

/** Conversions that are equal in all of these, with the sums of their amounts as decimal texts. */
export interface TotalsGroup {
  status: ConversionStatus;
  eventType: EventType;
  isFtd: boolean;
  isFlagged: boolean;
  /** Currency of the payouts; `null`: they have none. */
  payoutCurrency: string | null;
  /** Currency of the revenue; `null`: they have none. */
  revenueCurrency: string | null;
  count: number;
  payout: string;
  revenue: string;
}

export interface StatusTotals {
  count: number;
  payouts: Money[];
  revenue: Money;
}

export interface ConversionTotals {
  count: number;
  byStatus: Record<ConversionStatus, StatusTotals>;
  byEventType: { eventType: EventType; count: number }[];
  ftds: number;
  flagged: number;
  withoutRevenue: number;
}

/** @param currency of the workspace: `revenue` is in it. Revenue in an earlier currency of the workspace is left out. */
export function foldTotals(groups: readonly TotalsGroup[], currency: string): ConversionTotals {
  const countOf = (holds: (group: TotalsGroup) => boolean): number =>
    groups.filter(holds).reduce((sum, { count }) => sum + count, 0);
  const byStatus = CONVERSION_STATUSES.map((status) => {
    const ofStatus = groups.filter((group) => group.status === status);
    return [status, statusTotals(ofStatus, currency)] as const;
  });
  return {
    count: countOf(() => true),
    byStatus: Object.fromEntries(byStatus) as Record<ConversionStatus, StatusTotals>,
    byEventType: EVENT_TYPES.map((eventType) => ({
      eventType,
      count: countOf((group) => group.eventType === eventType),
    })).filter(({ count }) => count > 0),
    // As in the counters of links: a rejected first deposit does not count.
    ftds: countOf(({ isFtd, status }) => isFtd && status !== 'rejected'),
    flagged: countOf(({ isFlagged }) => isFlagged),
    withoutRevenue: countOf((one) => one.payoutCurrency !== null && one.revenueCurrency !== currency),
  };
}

function statusTotals(groups: readonly TotalsGroup[], currency: string): StatusTotals {
  const payouts = new Map<string, Big>();
  let revenue = new Big(0);
  for (const { payoutCurrency, payout, revenueCurrency, ...group } of groups) {
    if (payoutCurrency !== null) {
      payouts.set(payoutCurrency, (payouts.get(payoutCurrency) ?? new Big(0)).plus(payout));
    }
    if (revenueCurrency === currency) revenue = revenue.plus(group.revenue);
  }
  return {
    count: groups.reduce((sum, { count }) => sum + count, 0),
    payouts: [...payouts]
      .map(([code, amount]) => ({ amount: formatAmount(amount.toFixed()), currency: code }))
      .sort((a, b) => a.currency.localeCompare(b.currency, 'en')),
    revenue: { amount: formatAmount(revenue.toFixed()), currency },
  };
}
