import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { MoneyResponse } from '../platform/money/money.dto.js';
import {
  CONVERSION_STATUSES,
  type ConversionStatus,
  EVENT_TYPES,
  type EventType,
} from '../platform/vocabulary/conversion-words.js';
import {
  SETUP_CHECK_KEYS,
  SETUP_STATES,
  SETUP_STEP_IDS,
  type SetupCheckKey,
  type SetupState,
  type SetupStepId,
} from './rules/setup-steps.js';

/** One thing to check when the current step stays silent. Only the facts that its key needs are set. */
export class SetupCheckResponse {
  @ApiProperty({ enum: SETUP_CHECK_KEYS })
  key: SetupCheckKey;
  linkId?: string;
  networkId?: string;
  /** The request in the postback log. */
  postbackId?: string;
  /** Why the request was rejected, or the code of the problem. @example "unfilled_macro" */
  reason?: string;
  /** The parameter that the network expects, or that was lost. @example "stag" */
  param?: string;
  /** The parameter that the link sets instead; absent when it sets none. */
  actualParam?: string;
  /** The step of the last test that failed; see `POST /api/v1/networks/{id}/test`. */
  step?: string;
  hostname?: string;
  /** The URL to open, or to give to the network. */
  url?: string;
}

/** The fields of each step. */
class SetupStepFields {
  /** `waiting`: the first step that is not done. `open`: a later one. `problem`: something to look at. `hidden`: the caller lacks its scope. */
  @ApiProperty({ enum: SETUP_STATES })
  state: SetupState;
  /** When it was done, or when its problem was seen. */
  @ApiProperty({ type: String, nullable: true })
  at: string | null;
  /** Things to check, the most probable cause first. Empty for all but the first step that is not done. */
  @ApiProperty({ type: [SetupCheckResponse] })
  checks: SetupCheckResponse[];
}

export class LinkSeenResponse {
  linkId: string;
  /** @example "https://go.brand.example/summer" */
  shortUrl: string;
  /** `null` when a macro stands in its place. */
  @ApiProperty({ type: String, nullable: true })
  destinationHost: string | null;
}

export class ClickSeenResponse {
  clickId: string;
  linkId: string;
  /** ISO 3166-1 alpha-2. */
  @ApiProperty({ type: String, nullable: true })
  country: string | null;
  @ApiProperty({ type: String, nullable: true })
  device: string | null;
  isBot: boolean;
  at: string;
}

export class NetworkSeenResponse {
  networkId: string;
  name: string;
  @ApiProperty({ type: String, nullable: true })
  preset: string | null;
  /** The parameter in which the network gets the click id. @example "stag" */
  clickIdParam: string;
  /** Its key is masked without the scope `networks:write`. */
  postbackUrl: string;
}

export class TestStepSeenResponse {
  /** See `POST /api/v1/networks/{id}/test`. */
  name: string;
  ok: boolean;
  /** `null` for callers that may not read the postback log, or that may not see money. */
  @ApiProperty({ type: String, nullable: true })
  detail: string | null;
  ms: number;
}

export class TestConversionSeenResponse {
  networkId: string;
  ok: boolean;
  @ApiProperty({ type: String, nullable: true })
  postbackId: string | null;
  /** Why the test was rejected. */
  @ApiProperty({ type: String, nullable: true })
  reason: string | null;
  /** The event that a real postback with these values would report. */
  @ApiProperty({ enum: EVENT_TYPES, nullable: true })
  eventType: EventType | null;
  @ApiProperty({ type: MoneyResponse, nullable: true })
  payout: MoneyResponse | null;
  /** The address from which the request came. */
  @ApiProperty({ type: String, nullable: true })
  ip: string | null;
  at: string;
  steps: TestStepSeenResponse[];
}

export class ConversionSeenResponse {
  conversionId: string;
  @ApiProperty({ enum: EVENT_TYPES })
  eventType: EventType;
  isFtd: boolean;
  @ApiProperty({ enum: CONVERSION_STATUSES })
  status: ConversionStatus;
  @ApiProperty({ type: MoneyResponse, nullable: true })
  payout: MoneyResponse | null;
  /** The address from which its postback came; `null` when the log does not have it any more. */
  @ApiProperty({ type: String, nullable: true })
  ip: string | null;
  at: string;
  linkId: string;
  @ApiProperty({ type: String, nullable: true })
  networkId: string | null;
}

export class TransactionIdsSeenResponse {
  @ApiProperty({ type: String, nullable: true })
  networkId: string | null;
  /** Conversions that were looked at: the first and the latest ones. */
  conversions: number;
  withTransactionId: number;
  /** Those whose transaction id came with another click before. */
  reused: number;
}

export class ParametersSeenResponse {
  /** `check`: the last check of a link. `conversion`: a postback brought the click id back. */
  @ApiProperty({ enum: ['check', 'conversion'] })
  source: 'check' | 'conversion';
  linkId: string;
  @ApiProperty({ type: String, nullable: true })
  conversionId: string | null;
  ok: boolean;
  /** Redirects that the check followed. */
  @ApiProperty({ type: Number, nullable: true })
  hops: number | null;
}

export class LinkStepResponse extends SetupStepFields {
  @ApiProperty({ enum: ['link'] })
  id: 'link';
  @ApiProperty({ type: LinkSeenResponse, nullable: true })
  seen: LinkSeenResponse | null;
}

export class ClickStepResponse extends SetupStepFields {
  @ApiProperty({ enum: ['click'] })
  id: 'click';
  @ApiProperty({ type: ClickSeenResponse, nullable: true })
  seen: ClickSeenResponse | null;
}

export class NetworkStepResponse extends SetupStepFields {
  @ApiProperty({ enum: ['network'] })
  id: 'network';
  @ApiProperty({ type: NetworkSeenResponse, nullable: true })
  seen: NetworkSeenResponse | null;
}

export class TestConversionStepResponse extends SetupStepFields {
  @ApiProperty({ enum: ['testConversion'] })
  id: 'testConversion';
  @ApiProperty({ type: TestConversionSeenResponse, nullable: true })
  seen: TestConversionSeenResponse | null;
}

export class ConversionStepResponse extends SetupStepFields {
  @ApiProperty({ enum: ['conversion'] })
  id: 'conversion';
  @ApiProperty({ type: ConversionSeenResponse, nullable: true })
  seen: ConversionSeenResponse | null;
}

export class TransactionIdsStepResponse extends SetupStepFields {
  @ApiProperty({ enum: ['transactionIds'] })
  id: 'transactionIds';
  @ApiProperty({ type: TransactionIdsSeenResponse, nullable: true })
  seen: TransactionIdsSeenResponse | null;
}

export class ParametersStepResponse extends SetupStepFields {
  @ApiProperty({ enum: ['parameters'] })
  id: 'parameters';
  @ApiProperty({ type: ParametersSeenResponse, nullable: true })
  seen: ParametersSeenResponse | null;
}

const STEPS = [
  LinkStepResponse,
  ClickStepResponse,
  NetworkStepResponse,
  TestConversionStepResponse,
  ConversionStepResponse,
  TransactionIdsStepResponse,
  ParametersStepResponse,
] as const;

export type SetupStepResponse =
  | LinkStepResponse
  | ClickStepResponse
  | NetworkStepResponse
  | TestConversionStepResponse
  | ConversionStepResponse
  | TransactionIdsStepResponse
  | ParametersStepResponse;

@ApiExtraModels(...STEPS)
export class SetupResponse {
  /** All steps, in their order. `seen` has the facts of what was seen; its fields depend on `id`. */
  @ApiProperty({ type: 'array', items: { oneOf: STEPS.map((step) => ({ $ref: getSchemaPath(step) })) } })
  steps: SetupStepResponse[];
  /** The first step that is not done; `null` when all are. */
  @ApiProperty({ enum: SETUP_STEP_IDS, nullable: true })
  current: SetupStepId | null;
  /** Number of steps that are done. */
  done: number;
  /** Number of steps. */
  total: number;
}
