import { ApiProperty, PickType } from '@nestjs/swagger';
import { UpdateNetworkRequest } from '../../networks/networks.dto.js';
import { EVENT_TYPES, type EventType } from '../../platform/vocabulary/conversion-words.js';
import { VerdictCountsResponse } from '../log/postback-log.dto.js';
import { MAPPING_CHANGE_STATES, type MappingChangeState } from './mapping-change.schema.js';

/** The fields of a network that decide how its requests are read. At least one; each replaces the earlier value as in a PATCH. */
export class MappingChangeRequest extends PickType(UpdateNetworkRequest, [
  'preset',
  'mapping',
  'defaults',
  'currency',
  'repeats',
  'transactions',
  'windows',
] as const) {}

export class RerunResponse {
  /** Waiting postbacks to run again; 0 until the run begins. */
  total: number;
  done: number;
  /** Verdict → number of postbacks with it in this run. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, example: { accepted: 47, rejected: 2 } })
  counts: Record<string, number>;
}

export class MappingChangeResponse {
  /** @example "mch_0V4rQ2pK3mXa81Qd7ZsT" */
  id: string;
  networkId: string;
  /** Until then the change can be undone, and the waiting postbacks are not run again. */
  undoUntil: string;
  /** `undoable`, then `running` until the waiting postbacks were run again, then `done`; or `undone`. */
  @ApiProperty({ enum: MAPPING_CHANGE_STATES })
  state: MappingChangeState;
  rerun: RerunResponse;
  createdAt: string;
}

export class EventEffectResponse {
  @ApiProperty({ enum: EVENT_TYPES })
  eventType: EventType;
  /** Conversions that would be created or changed, each once. */
  count: number;
  /** Conversions of them that would be new. */
  created: number;
  /** Conversions of them by their status afterwards. */
  approved: number;
  pending: number;
  rejected: number;
}

/** The change of all payouts in one currency, by the status of their conversions. Exact decimals, negative for less. */
export class MoneyEffectResponse {
  /** @example "EUR" */
  currency: string;
  /** @example "465.00" */
  approved: string;
  /** @example "775.00" */
  pending: string;
  /** @example "0.00" */
  rejected: string;
}

export class StaysRejectedResponse {
  reason: string;
  hint: string | null;
  count: number;
}

/** The effect of a changed mapping on the postbacks that wait for it. */
export class MappingChangePreviewResponse {
  /** Waiting postbacks that were read. */
  waiting: number;
  /** Those that would create or change a conversion: `accepted` or `updated`. */
  wouldCount: number;
  /** Those that would stay rejected. They wait on. */
  wouldStay: number;
  /** All of them by the verdict that they would get, in the order of arrival. */
  verdicts: VerdictCountsResponse;
  /** The conversions that would be created or changed, most first. */
  @ApiProperty({ type: [EventEffectResponse] })
  events: EventEffectResponse[];
  @ApiProperty({ type: [MoneyEffectResponse] })
  money: MoneyEffectResponse[];
  /** Number of links with such conversions. */
  links: number;
  /** Reasons of those that would stay rejected, most frequent first, at most 20. */
  @ApiProperty({ type: [StaysRejectedResponse] })
  staysRejected: StaysRejectedResponse[];
  /** Ids of the first 100 postbacks that would count, oldest first. */
  postbackIds: string[];
  /** False: only the 2,000 oldest waiting postbacks were read. */
  complete: boolean;
}
