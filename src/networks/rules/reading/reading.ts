import type { CanonicalParam } from '../canonical-params.js';
import type { Money } from '../../../platform/money/money.js';
import type { Notice } from '../../../platform/vocabulary/notice.js';
import type { ReadingRejectReason } from '../../../platform/vocabulary/reject-reasons.js';
import type { ConversionStatus, EventType } from '../../../platform/vocabulary/conversion-words.js';

/** The parts of a network that reading a request needs. */
export interface NetworkDialect {
  mapping: {
    params: Record<string, string[]>;
    events: Record<string, string>;
    statuses: Record<string, string>;
    currencies?: Record<string, string>;
    charset?: string;
  };
  defaults: { event?: string; status?: string; currency?: string; payout?: string };
  /** Canonical name → the network's macro, if it is known. */
  macros?: Readonly<Record<string, string>>;
  /**
   * The names of the click id come from a preset, so a click id with a valid signature is also read from the common names.
   * If the network's own mapping names the parameter, no other is read.
   */
  takesProvenClickId?: boolean;
  /** Canonical names that are read only from parameters whose key is `chosenKey`; their usual names mean nothing. */
  chosen?: readonly string[];
}

/** How one sent parameter was read. Its value is in the raw request. */
export interface ReadParameter {
  name: string;
  /** `taken`: read as `as`. `unfilled`: a macro that the sender did not fill in. `no_value`: a word such as `null`. `ignored`: not read. */
  state: 'taken' | 'ignored' | 'unfilled' | 'no_value' | 'empty';
  as: CanonicalParam | null;
}

/** The event of a request, in our vocabulary. */
export interface ReadEvent {
  /** For `revshare`, this may be a link id. `null` only for a chargeback that names no click. */
  clickId: string | null;
  eventType: EventType;
  /** Takes money back, `payout` or all of it; the transaction id names the conversion. */
  isChargeback: boolean;
  /** The amount takes money back, and the status rejects the conversion. */
  isRejection?: boolean;
  status: ConversionStatus;
  networkStatus: string | null;
  payout: Money | null;
  /** Whether the sender named the currency. If not, it is the network's default. */
  isCurrencyNamed: boolean;
  txid: string | null;
  /** The network's id of the player; `null` if there is none, or only a word such as `0` or `null`. */
  playerId: string | null;
  /** Time of the event according to the request. */
  time: Date | null;
}

/** Canonical name → a sent name to add to the mapping. */
export type MappingAdditions = Partial<Record<CanonicalParam, string>>;

/** Why a request cannot be read. */
/**
 * The result of reading a request. `clickId` is set whenever one was sent, even if the request is rejected. `additions` are
 * names to add to the mapping so that more can be read. `unpriced` is the event if only its amount or currency is unreadable.
 */
export type EventReading = {
  parameters: ReadParameter[];
  clickId?: string;
  additions: MappingAdditions;
  notices: Notice[];
} & (
  | { kind: 'event'; event: ReadEvent }
  | { kind: 'ignored'; hint: string }
  | { kind: 'rejected'; reason: ReadingRejectReason; hint: string; unpriced?: ReadEvent }
);
