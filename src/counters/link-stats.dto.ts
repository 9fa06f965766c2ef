import { ApiProperty } from '@nestjs/swagger';
import { MoneyResponse } from '../platform/money/money.dto.js';
import { formatAmount } from '../platform/money/money.js';
import type { CounterDelta, CounterName } from './rules/counter-delta.js';

/** Numbers of clicks. */
export class ClickCountsResponse {
  /** All answered redirects. */
  total: number;
  /** Clicks of humans. */
  human: number;
  /** Clicks of bots, prefetches and HEAD requests. */
  bots: number;
  /** Unique visitors per day and link. */
  unique: number;
}

/** Counters of a link. A rejected conversion counts only as rejected. */
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
  /** Payouts of approved conversions, one entry per currency. `null` where money is hidden. */
  @ApiProperty({ type: [MoneyResponse], nullable: true })
  payouts: MoneyResponse[] | null;
  /** The same in the workspace's currency, without payouts that have no exchange rate. `null` where money is hidden. */
  @ApiProperty({ type: [MoneyResponse], nullable: true })
  revenues: MoneyResponse[] | null;
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
