import { MoneyResponse } from '../platform/money/money.dto.js';
import { formatAmount } from '../platform/money/money.js';
import type { CounterDelta, CounterName } from './rules/counter-delta.js';

export class ClickCountsResponse {
  /** Every redirect that was answered. */
  total: number;
  /** Those by people. */
  human: number;
  /** Those by bots, prefetches and HEAD requests. */
  bots: number;
  /** People counted once a day for each link. */
  unique: number;
}

/** A link's numbers. A rejected conversion counts as rejected only. */
export class LinkStatsResponse {
  clicks: ClickCountsResponse;
  registrations: number;
  ftds: number;
  deposits: number;
  /** Conversions of any kind and status. */
  conversions: number;
  approved: number;
  pending: number;
  rejected: number;
  /** What approved conversions pay, one entry a currency. */
  payouts: MoneyResponse[];
  /** The same in the workspace's currency; payouts without an exchange rate are not in it. */
  revenues: MoneyResponse[];
}

export function toLinkStats(totals: CounterDelta | undefined): LinkStatsResponse {
  const count = (name: CounterName): number => totals?.counts[name] ?? 0;
  return {
    clicks: {
      total: count('clicks.total'),
      human: count('clicks.human'),
      bots: count('clicks.bots'),
      unique: count('clicks.unique'),
    },
    registrations: count('registrations'),
    ftds: count('ftds'),
    deposits: count('deposits'),
    conversions: count('conversions'),
    approved: count('approved'),
    pending: count('pending'),
    rejected: count('rejected'),
    payouts: toMoneyList(totals?.payouts),
    revenues: toMoneyList(totals?.revenues),
  };
}

function toMoneyList(amounts: Record<string, string> = {}): MoneyResponse[] {
  return Object.entries(amounts).map(([currency, amount]) => ({ currency, amount: formatAmount(amount) }));
}
