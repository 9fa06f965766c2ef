import type { CanonicalParam } from '../canonical-params.js';
import type { Money } from '../../../platform/money/money.js';
import type { Notice } from '../../../platform/vocabulary/notice.js';
import type { ConversionStatus, EventType } from '../../../platform/vocabulary/conversion-words.js';

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
  /** `taken`: it gave `as` its value. `unfilled`: a macro that the sender did not fill in. `no_value`: a word such as `null`. `ignored`: it was not read. */
  state: 'taken' | 'ignored' | 'unfilled' | 'no_value' | 'empty';
  as: CanonicalParam | null;
}

/** What a request says, in our words. */
export interface ReadEvent {
  /** For `revshare`, the id of a link may stand in its place. `null` only for a chargeback that names no click. */
  clickId: string | null;
  eventType: EventType;
  /** It takes money back, `payout` of it or all; the transaction id says of which conversion. */
  isChargeback: boolean;
  /** It takes back by its amount, and its status says that the conversion itself is rejected. */
  isRejection?: boolean;
  status: ConversionStatus;
  networkStatus: string | null;
  payout: Money | null;
  /** Whether the sender named the currency; else it is the network's. */
  isCurrencyNamed: boolean;
  txid: string | null;
  /** The network's name for the player; `null` where it names none, or only `0`, `null` and such. */
  playerId: string | null;
  /** When the request says it happened. */
  time: Date | null;
}

/** Canonical name → the sent name that its mapping should have too. */
export type MappingAdditions = Partial<Record<CanonicalParam, string>>;

export type RejectReason =
  | 'missing_click_id'
  | 'unfilled_macro'
  | 'malformed_click_id'
  | 'unmapped_event'
  | 'unmapped_status'
  | 'invalid_amount'
  | 'invalid_currency'
  | 'missing_txid'
  | 'invalid_txid';

/**
 * What was read. `clickId`: what stands where it belongs, whatever else is wrong. `additions`: what a mapping would have to say for
 * more of it to be read. `unpriced`: the event of a request whose amount or currency is all that could not be read.
 */
export type EventReading = {
  parameters: ReadParameter[];
  clickId?: string;
  additions: MappingAdditions;
  notices: Notice[];
} & (
  | { kind: 'event'; event: ReadEvent }
  | { kind: 'ignored'; hint: string }
  | { kind: 'rejected'; reason: RejectReason; hint: string; unpriced?: ReadEvent }
);
