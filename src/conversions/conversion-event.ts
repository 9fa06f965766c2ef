import type { Money } from '../platform/money/money.js';
import type { ConversionStatus, EventType } from '../platform/vocabulary/conversion-words.js';

/** What a postback says, in our words. It does not matter which network's dialect it came in. */
export interface ConversionEvent {
  clickId: string;
  eventType: EventType;
  status: ConversionStatus;
  /** The network's own word for the status; `null` when it sent none. */
  networkStatus: string | null;
  /** `null`: the request named no amount, which leaves an earlier one as it is. */
  payout: Money | null;
  txid: string | null;
  /** When it happened: the request's `time`, but never later than its arrival; else its arrival. */
  at: Date;
  /** The log entry of the request. */
  postbackId: string;
  /** Whether a repeat without a transaction id is another conversion. */
  countRepeats: boolean;
}
