import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, IsString, Length, MaxLength, ValidateNested } from 'class-validator';
import { CANONICAL_PARAMS, type CanonicalParam } from '../../networks/rules/canonical-params.js';
import { NetworkMappingResponse } from '../../networks/networks.dto.js';
import { IsRangeEnd, IsTime } from '../../platform/http/validation/is-time.decorator.js';
import { Omittable } from '../../platform/http/validation/omittable.decorator.js';
import { MoneyRequest, MoneyResponse } from '../../platform/money/money.dto.js';
import { PageInfo, PageQuery } from '../../platform/http/pagination.js';
import {
  CONVERSION_STATUSES,
  type ConversionStatus,
  EVENT_TYPES,
  type EventType,
} from '../../platform/vocabulary/conversion-words.js';
import { PARAMETER_KINDS, type ParameterKind } from '../rules/gloss.js';
import { PARAMETER_SOURCES, type ParameterSource } from './read-back.js';
import { POSTBACK_ORIGINS, type PostbackOrigin, type Verdict, VERDICTS } from '../postback.schema.js';

const PARAMETER_STATES = ['taken', 'ignored', 'unfilled', 'no_value', 'empty'] as const;

export class PostbackListQuery extends PageQuery {
  @IsOptional()
  @IsString()
  @MaxLength(64)
  networkId?: string;

  @ApiPropertyOptional({ enum: VERDICTS })
  @IsOptional()
  @IsIn(VERDICTS)
  verdict?: Verdict;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  reason?: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  clickId?: string;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  linkId?: string;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  conversionId?: string;

  @ApiPropertyOptional({ enum: POSTBACK_ORIGINS })
  @IsOptional()
  @IsIn(POSTBACK_ORIGINS)
  origin?: PostbackOrigin;

  /** Received at or after this time. A date without a time is the beginning of that day in the workspace's time zone. */
  @IsOptional()
  @IsTime()
  from?: string;

  /** Received before this time. A date without a time includes that day, in the workspace's time zone. */
  @IsOptional()
  @IsRangeEnd('from')
  to?: string;

  /** Text contained in query, body, hint or click id, regardless of case: a transaction id, for example. */
  @IsOptional()
  @IsString()
  @Length(2, 100)
  q?: string;

  /** Only requests that are reprocessed automatically when their mapping, link or transaction appears. */
  @ApiPropertyOptional({ enum: ['true'] })
  @IsOptional()
  @IsIn(['true'])
  waiting?: 'true';
}

/** The filters of the list, without those that the counts replace. */
export class PostbackCountsQuery extends OmitType(PostbackListQuery, ['verdict', 'limit', 'cursor'] as const) {}

export class VerdictCountsResponse implements Record<Verdict, number> {
  accepted: number;
  updated: number;
  duplicate: number;
  ignored: number;
  test: number;
  rejected: number;
}

export class PostbackCountsResponse {
  total: number;
  verdicts: VerdictCountsResponse;
  /** Those that are reprocessed automatically, at most 100,000. */
  waiting: number;
  /** False: only the newest 100,000 requests were read. With `q`, these are the newest ones that match the other filters. */
  complete: boolean;
}

export class PostbackParameterResponse {
  name: string;
  /** The decoded value as sent; secrets are masked. */
  value: string;
  /** `taken`: the value of `as`. `unfilled`: a macro that the sender did not fill in. `no_value`: a word such as `null`. `ignored`: not read. */
  @ApiProperty({ enum: PARAMETER_STATES })
  state: (typeof PARAMETER_STATES)[number];
  /** The canonical name that it was read as. */
  @ApiProperty({ enum: CANONICAL_PARAMS, nullable: true })
  as: CanonicalParam | null;
  /** The part of the request in which it came; null if the logged text no longer has it. */
  @ApiProperty({ enum: PARAMETER_SOURCES, nullable: true })
  source: ParameterSource | null;
  /** The use of the parameter, for its colour. `unmappedClickId`: one of your click ids in a parameter that nothing reads. */
  @ApiProperty({ enum: PARAMETER_KINDS })
  kind: ParameterKind;
  /**
   * The meaning in words. Words of the network are translated by its current mapping.
   * @example "event: ftd"
   */
  meaning: string;
}

/** A request in one line: the words that came, and its effect on its conversion. */
export class PostbackSummaryResponse {
  /** The network's word for the event, as sent. */
  eventWord: string | null;
  /** The network's word for the status, as sent. */
  statusWord: string | null;
  /** The amount as sent. */
  payoutSent: string | null;
  /** The currency as sent. */
  currencySent: string | null;
  /** The event type of its conversion. */
  @ApiProperty({ enum: EVENT_TYPES, nullable: true })
  eventType: EventType | null;
  /** The status of its conversion after this request; null if it changed nothing. */
  @ApiProperty({ enum: CONVERSION_STATUSES, nullable: true })
  status: ConversionStatus | null;
  /** The status before; null for a new conversion. */
  @ApiProperty({ enum: CONVERSION_STATUSES, nullable: true })
  statusBefore: ConversionStatus | null;
  /** The payout of its conversion after this request. */
  @ApiProperty({ type: MoneyResponse, nullable: true })
  payout: MoneyResponse | null;
}

export class PostbackAttemptResponse {
  at: string;
  @ApiProperty({ enum: VERDICTS })
  verdict: Verdict;
  reason: string | null;
  conversionId: string | null;
}

export class PostbackResponse {
  /** @example "pbk_0V4rQ2pK3mXa81Qd7ZsT" */
  id: string;
  networkId: string;
  receivedAt: string;
  /** `postback`: sent by the network. `pixel`: sent by a web page. */
  @ApiProperty({ enum: POSTBACK_ORIGINS })
  origin: PostbackOrigin;
  method: string;
  path: string;
  /** The query as sent; secrets are masked. */
  query: string;
  /** The body as sent; secrets are masked. */
  body: string;
  headers: Record<string, string>;
  ip: string;
  /**
   * The request in one sentence; names and values of it are in backticks.
   * @example "Your click id came, but in `tid`."
   */
  headline: string;
  summary: PostbackSummaryResponse;
  /** How each parameter was read, in the order in which they were sent; those of the body come first. */
  parameters: PostbackParameterResponse[];
  @ApiProperty({ enum: VERDICTS })
  verdict: Verdict;
  reason: string | null;
  /** The problem, and how to solve it. */
  hint: string | null;
  clickId: string | null;
  linkId: string | null;
  conversionId: string | null;
  /** Until this time it is reprocessed automatically; null: it is not. */
  waitsUntil: string | null;
  /** The latest runs after the first, oldest first. */
  attempts: PostbackAttemptResponse[];
}

export class SuggestionResponse {
  mapping: NetworkMappingResponse;
}

/** The answer to the network. The log does not keep it, so it is derived from the verdict and the current settings. */
export class DerivedAnswerResponse {
  /** Null if it cannot be derived; `note` has the reason. */
  status: number | null;
  body: string | null;
  note: string;
}

export class PostbackDetailResponse extends PostbackResponse {
  @ApiProperty({ type: DerivedAnswerResponse })
  answer: DerivedAnswerResponse;
  /** The body of a PATCH of the network with which the request can be read; null if none can be derived. */
  @ApiProperty({ type: SuggestionResponse, nullable: true })
  suggestion: SuggestionResponse | null;
}

export class PostbackListResponse {
  data: PostbackResponse[];
  page: PageInfo;
}

export class AcceptPostbackRequest {
  /** The amount, for a request whose amount or currency could not be read. */
  @Omittable()
  @IsObject()
  @ValidateNested()
  @Type(() => MoneyRequest)
  payout?: MoneyRequest;

  /** The reason, for the conversion's history. */
  @IsOptional()
  @IsString()
  @MaxLength(500)
  note?: string | null;
}

export class PostbackOutcomeResponse {
  postbackId: string;
  @ApiProperty({ enum: VERDICTS })
  verdict: Verdict;
  reason: string | null;
  hint: string | null;
  conversionId: string | null;
}
