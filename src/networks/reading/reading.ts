import type { CanonicalParam } from '../canonical-params.js';
import type { Money } from '../../platform/money/money.js';
import type { ConversionStatus, EventType } from '../../platform/vocabulary/conversion-words.js';

/** What of a network the reading depends on. */
export interface NetworkDialect {
  mapping: {
    params: Record<string, string[]>;
    events: Record<string, string>;
    statuses: Record<string, string>;
    currencies?: Record<string, string>;
    charset?: string;
  };
  defaults: { event?: string; status?: string; currency?: string; payout?: string };
  /** Canonical name → the macro as the network writes it, where that is known. */
  macros?: Readonly<Record<string, string>>;
  /**
   * The names for the click id come from a preset: a value that proves to be ours is taken from any alias too. Where its owner
   * says which parameter it is, no other is.
   */
  takesProvenClickId?: boolean;
}

/** How one sent parameter was understood. Its value is in the raw request. */
export interface ReadParameter {
  name: string;
  /** `taken`: it gave `as` its value. `unfilled`: a macro that the sender did not fill in. `ignored`: nobody asked for it. */
  state: 'taken' | 'ignored' | 'unfilled' | 'empty';
  as: CanonicalParam | null;
}

/** What a request says, in our words. */
export interface ReadEvent {
  /** For `revshare`, the id of a link may stand in its place. */
  clickId: string;
  eventType: EventType;
  /** The sender takes something back without saying what kind it was: the transaction id says it. */
  isChargeback: boolean;
  status: ConversionStatus;
  networkStatus: string | null;
  payout: Money | null;
  txid: string | null;
  /** The network's name for the player; `null` where it names none, or only `0`, `null` and such. */
  playerId: string | null;
  /** When the request says it happened. */
  time: Date | null;
}

export type RejectReason =
  | 'missing_click_id'
  | 'unfilled_macro'
  | 'malformed_click_id'
  | 'unmapped_event'
  | 'unmapped_status'
  | 'invalid_amount'
  | 'invalid_currency'
  | 'missing_txid';

/** `clickId`: what stands where it belongs, whatever else is wrong; a value of which nothing can be read is left out. */
export type PostbackReading = { parameters: ReadParameter[]; clickId?: string } & (
  | { kind: 'event'; event: ReadEvent; hint: string | null }
  | { kind: 'ignored'; hint: string }
  | { kind: 'rejected'; reason: RejectReason; hint: string }
);
