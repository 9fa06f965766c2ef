import type { Money } from '../../platform/money/money.js';
import type { ConversionStatus } from '../../platform/vocabulary/conversion-words.js';
import type { Origin } from './conversion-event.js';

/** One report that was applied to a conversion. All of them together decide its state; see settle-updates.ts. */
export interface AppliedUpdate {
  /** Time of the event. A person's decision is dated after all updates known at that moment. */
  at: Date;
  status: ConversionStatus;
  networkStatus: string | null;
  origin: Origin;
  amount: Money | null;
  /** The amount named no currency, so it has the network's default. */
  isDefaultCurrency?: true;
  /** It takes back the amount, or everything if there is no amount. */
  takesBack?: true;
  /** The source named the time. */
  isTimed?: true;
  /** Day whose exchange rate applies, if it is not that of `at`. */
  pricedAt?: Date;
  /**
   * Only for conversions of older versions, which stored no updates. `amount`: has no status. `history`: is contained in
   * the other updates, and serves only to recognise repeats.
   */
  part?: 'amount' | 'history';
}
