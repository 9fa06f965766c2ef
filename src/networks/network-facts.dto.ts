import { ApiProperty } from '@nestjs/swagger';
import {
  CONVERSION_STATUSES,
  type ConversionStatus,
  EVENT_TYPES,
  type EventType,
} from '../platform/vocabulary/conversion-words.js';
import { CANONICAL_PARAMS, type CanonicalParam } from './rules/canonical-params.js';

class PresetLimitsResponse {
  /** The network calls only `http://` URLs. */
  httpOnly: boolean;
  /** The network cannot send amounts. */
  staticPayout: boolean;
  /** Known delay of its postbacks. */
  @ApiProperty({ type: String, nullable: true })
  batched: string | null;
}

/** The limits of a network that its preset knows. A flag is true where the network cannot do something. */
export class NetworkLimitsResponse extends PresetLimitsResponse {
  /** There is no macro for a transaction id: one conversion of an event type counts for each click, see `repeats`. */
  noTransactionId: boolean;
  /** There is no macro for an amount. */
  noPayout: boolean;
  /** There is no macro for a status: each postback has the default status. */
  noStatus: boolean;
  /** There is no macro for the player: a first deposit is found for each click. */
  noPlayerId: boolean;
}

/** The values that a network's postbacks can carry, as far as its preset knows. */
export class NetworkSendsResponse {
  @ApiProperty({ enum: EVENT_TYPES, isArray: true })
  events: EventType[];
  /** A macro fills the event, so the network may also send words that are not in `events`. */
  hasOwnEvents: boolean;
  @ApiProperty({ enum: CONVERSION_STATUSES, isArray: true })
  statuses: ConversionStatus[];
  /** Canonical names of the values that a macro of the network fills. */
  @ApiProperty({ enum: CANONICAL_PARAMS, isArray: true })
  params: CanonicalParam[];
}
