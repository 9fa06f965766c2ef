import type { TransactionScope } from '../../networks/rules/network-words.js';
import type { Money } from '../../platform/money/money.js';
import type { ConversionStatus, EventType } from '../../platform/vocabulary/conversion-words.js';

export const ORIGINS = ['postback', 'pixel', 'manual', 'import'] as const;
/** Source of an event. A pixel counts only until the network reports the conversion. */
export type Origin = (typeof ORIGINS)[number];

/** An amount in the reported currency, and in the workspace's currency. */
export interface Amount {
  payout: Money;
  /** Computed when the event is applied; `null` without an exchange rate for that day. */
  revenue: Money | null;
}

/** A report about a conversion, in our vocabulary. The network's own names and words are already translated. */
export interface ConversionEvent {
  origin: Origin;
  /** `null` for a manual conversion without a network. */
  networkId: string | null;
  /** `null` only for a chargeback that names no click. */
  linkId: string | null;
  /** `null` for revenue of the link as a whole. */
  clickId: string | null;
  clickedAt: Date | null;
  eventType: EventType;
  status: ConversionStatus;
  /** The network's own word for the status; `null` when it sent none. */
  networkStatus: string | null;
  /** `null` when there is no amount; an earlier amount then stays. */
  amount: Amount | null;
  /** Whether the source named the currency. If not, an update is in the currency of its conversion. */
  isCurrencyNamed: boolean;
  txid: string | null;
  playerId: string | null;
  /** Time of the event: the request's `time`, but not after its arrival; else its arrival. */
  at: Date;
  /** Whether the source named that time. A repeat without a time does not count as later. */
  isTimed: boolean;
  /** Id of the postback's log entry, of the import's row, or of the API key for a manual change. */
  sourceId: string;
  note: string | null;
  /** Identifies an event without a transaction id where repeats count. Default: `sourceId`. */
  repeatId?: string;
  /** Whether a repeat without a transaction id is a new conversion. */
  countRepeats: boolean;
  /** Whether the link belongs to another network. */
  isOtherNetwork?: boolean;
  /** Scope in which the transaction id is unique. */
  transactions: TransactionScope;
  /** Takes back the transaction's money, whatever its event type: `amount` of it, or all if that is `null`. */
  isChargeback: boolean;
  /** A chargeback whose status rejects this conversion. It creates the conversion if it is unknown. */
  isRejection?: boolean;
}
