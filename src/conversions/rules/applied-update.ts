import type { Money } from '../../platform/money/money.js';
import type { ConversionStatus } from '../../platform/vocabulary/conversion-words.js';
import type { Origin } from './conversion-event.js';

/** One request that was applied to a conversion. All of them together decide what the conversion is; see settle-updates.ts. */
export interface AppliedUpdate {
  /** When it was so. A person's decision is dated after all that was known when it was made. */
  at: Date;
  status: ConversionStatus;
  networkStatus: string | null;
  origin: Origin;
  amount: Money | null;
  /** The amount named no currency: this is the network's default. */
  isDefaultCurrency?: true;
  /** It takes back the amount, or all where there is none. */
  takesBack?: true;
  /** The source named the time. */
  isTimed?: true;
  /** The day whose exchange rate counts, where that is not `at`'s. */
  pricedAt?: Date;
  /**
   * Only for conversions of before updates were kept. `amount`: it says nothing about the status. `history`: it is contained in
   * the others, and serves to recognise a repeat.
   */
  part?: 'amount' | 'history';
}
