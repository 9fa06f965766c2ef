import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, IsString, Length, MaxLength, ValidateNested } from 'class-validator';
import { CANONICAL_PARAMS, type CanonicalParam } from '../../networks/rules/canonical-params.js';
import { NetworkMappingResponse } from '../../networks/networks.dto.js';
import { IsRangeEnd, IsTime } from '../../platform/http/validation/is-time.decorator.js';
import { Omittable } from '../../platform/http/validation/omittable.decorator.js';
import { MoneyRequest } from '../../platform/money/money.dto.js';
import { PageInfo, PageQuery } from '../../platform/http/pagination.js';
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
  /** The meaning of the parameter. */
  @ApiProperty({ enum: CANONICAL_PARAMS, nullable: true })
  as: CanonicalParam | null;
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
  /** How each parameter was read, in the order in which they were sent. */
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

export class PostbackDetailResponse extends PostbackResponse {
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
