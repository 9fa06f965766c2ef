import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsString, Length, Matches, ValidateNested } from 'class-validator';
import { IsCurrency } from '../platform/http/is-currency.decorator.js';
import { IsParamName } from '../platform/http/is-param-name.decorator.js';
import { Omittable } from '../platform/http/omittable.decorator.js';
import { PageInfo } from '../platform/http/pagination.js';
import {
  CONVERSION_STATUSES,
  type ConversionStatus,
  EVENT_TYPES,
  type EventType,
  REPEATABLE_EVENT_TYPES,
} from '../platform/vocabulary/conversion-words.js';
import { CANONICAL_PARAMS } from './canonical-params.js';
import { IsWordMap } from './is-word-map.decorator.js';
import type { RepeatPolicy } from './network.schema.js';

const REPEAT_POLICIES = ['count', 'ignore'] as const;

export class MappingRequest {
  /** Canonical name → the names that the network sends; the first filled one wins. */
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'array', items: { type: 'string' } },
    example: { click_id: ['tid'], payout: ['sum'], event: ['goal'], txid: ['xid'] },
  })
  @Omittable()
  @IsWordMap({ keys: CANONICAL_PARAMS, lists: true })
  params?: Record<string, string[]>;

  /** Its words for events → event type; case does not matter. */
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { reg: 'registration', dep: 'ftd', redep: 'deposit' },
  })
  @Omittable()
  @IsWordMap({ values: EVENT_TYPES })
  events?: Record<string, string>;

  /** Its words for statuses → `approved`, `pending`, `rejected` or `ignore`. */
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { '1': 'approved', '2': 'pending', '3': 'rejected', ping: 'ignore' },
  })
  @Omittable()
  @IsWordMap({ values: [...CONVERSION_STATUSES, 'ignore'] })
  statuses?: Record<string, string>;
}

export class DefaultsRequest {
  @ApiPropertyOptional({ enum: EVENT_TYPES })
  @Omittable()
  @IsIn(EVENT_TYPES)
  event?: EventType;

  @ApiPropertyOptional({ enum: CONVERSION_STATUSES })
  @Omittable()
  @IsIn(CONVERSION_STATUSES)
  status?: ConversionStatus;

  /** @example "EUR" */
  @Omittable()
  @IsCurrency()
  currency?: string;

  /** @example "50.00" */
  @Omittable()
  @Matches(/^\d{1,12}(\.\d{1,6})?$/, { message: 'payout is a decimal such as "50.00"' })
  payout?: string;
}

export class CreateNetworkRequest {
  /** @example "Casino Partners" */
  @IsString()
  @Length(1, 100)
  name: string;

  @Omittable()
  @IsObject()
  @ValidateNested()
  @Type(() => MappingRequest)
  mapping?: MappingRequest;

  @Omittable()
  @IsObject()
  @ValidateNested()
  @Type(() => DefaultsRequest)
  defaults?: DefaultsRequest;

  /** Currency of amounts that come without one; short for `defaults.currency`. Default: USD. */
  @Omittable()
  @IsCurrency()
  currency?: string;

  /** The query parameter in which links to this network carry the click id. Default: `click_id`. */
  @Omittable()
  @IsParamName()
  clickIdParam?: string;

  /** Whether a further `deposit`, `sale` or `rebill` of one click without a transaction id counts. Default: `ignore`. */
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string' }, example: { deposit: 'count' } })
  @Omittable()
  @IsWordMap({ keys: REPEATABLE_EVENT_TYPES, values: REPEAT_POLICIES })
  repeats?: Record<string, RepeatPolicy>;
}

/** Only what is given changes; `mapping`, `defaults` and `repeats` are replaced as a whole. */
export class UpdateNetworkRequest extends PartialType(CreateNetworkRequest, { skipNullProperties: false }) {}

export class NetworkMappingResponse {
  @ApiProperty({ type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } })
  params: Record<string, string[]>;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  events: Record<string, string>;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  statuses: Record<string, string>;
}

export class NetworkResponse {
  /** @example "net_0V4rQ2pK3mXa81Qd7ZsT" */
  id: string;
  name: string;
  /** Secret part of the postback URL. */
  key: string;
  /**
   * Ready to paste: put the network's own macros in place of the `{…}`.
   * @example "https://go.brand.com/postback/4tXq…?click_id={click_id}&event={event}&status={status}&payout={payout}&currency={currency}&txid={txid}"
   */
  postbackUrl: string;
  clickIdParam: string;
  mapping: NetworkMappingResponse;
  defaults: DefaultsRequest;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  repeats: Record<string, RepeatPolicy>;
  createdAt: string;
  updatedAt: string;
}

export class NetworkListResponse {
  data: NetworkResponse[];
  page: PageInfo;
}
