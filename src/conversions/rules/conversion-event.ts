import type { TransactionScope } from '../../networks/rules/network-words.js';
import type { Money } from '../../platform/money/money.js';
import type { ConversionStatus, EventType } from '../../platform/vocabulary/conversion-words.js';

export const ORIGINS = ['postback', 'pixel', 'manual', 'import'] as const;
/** Who tells. A page's pixel is believed only until the network itself says something. */
export type Origin = (typeof ORIGINS)[number];

/** An amount as it was told, and in the workspace's currency. */
export interface Amount {
  payout: Money;
  /** Worked out when the event is applied; `null` when no exchange rate is known for that day. */
  revenue: Money | null;
}

/** What somebody says about a conversion, in our words. It does not matter which network's dialect it came in. */
export interface ConversionEvent {
  origin: Origin;
  /** `null`: told by hand, without a network. */
  networkId: string | null;
  /** `null` only for a chargeback that names no click. */
  linkId: string | null;
  /** `null` for revenue that is the link's as a whole. */
  clickId: string | null;
  clickedAt: Date | null;
  eventType: EventType;
  status: ConversionStatus;
  /** The network's own word for the status; `null` when it sent none. */
  networkStatus: string | null;
  /** `null`: no amount was named, which leaves an earlier one as it is. */
  amount: Amount | null;
  /** Whether the source itself named the currency. If not, an update is in the currency that its conversion already has. */
  isCurrencyNamed: boolean;
  txid: string | null;
  playerId: string | null;
  /** When it happened: the request's `time`, but never later than its arrival; else its arrival. */
  at: Date;
  /** Whether who told it named that time. A repeat that did not is no later word. */
  isTimed: boolean;
  /** What told it: the id of a postback's log entry, of an import's row, or of the API key that did it by hand. */
  sourceId: string;
  note: string | null;
  /** What tells it from other events without a transaction id, where repeats count. Default: `sourceId`. */
  repeatId?: string;
  /** Whether a repeat without a transaction id is another conversion. */
  countRepeats: boolean;
  /** Whether the link's own network is another one. */
  isOtherNetwork?: boolean;
  /** How far its transaction id is unique. */
  transactions: TransactionScope;
  /** Takes back money that the transaction has brought, of whatever kind: `amount` of it, or all where that is `null`. */
  isChargeback: boolean;
  /** A chargeback that says by its status that this very conversion is rejected: one that is not known yet is made by it. */
  isRejection?: boolean;
}
