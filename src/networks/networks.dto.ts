import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, IsString, Length, Matches, ValidateNested } from 'class-validator';
import { IsCurrency } from '../platform/http/validation/is-currency.decorator.js';
import { IsParamName } from '../platform/http/validation/is-param-name.decorator.js';
import { isCurrencyCode } from '../platform/money/currency-names.js';
import { Omittable } from '../platform/http/validation/omittable.decorator.js';
import { PageInfo } from '../platform/http/pagination.js';
import {
  CONVERSION_STATUSES,
  type ConversionStatus,
  EVENT_TYPES,
  type EventType,
  REPEATABLE_EVENT_TYPES,
} from '../platform/vocabulary/conversion-words.js';
import { CANONICAL_PARAMS } from './rules/canonical-params.js';
import { IsWindowMap } from './validators/is-window-map.decorator.js';
import { IsWordMap } from './validators/is-word-map.decorator.js';
import { IsCharset } from './validators/is-charset.decorator.js';
import {
  EVENT_MEANINGS,
  REPEAT_POLICIES,
  STATUS_MEANINGS,
  TRANSACTION_SCOPES,
  type TransactionScope,
} from './rules/network-words.js';
import type { RepeatPolicy } from './network.schema.js';
import { AnswerRequest, AnswerResponse, SecurityRequest, SecurityResponse } from './security.dto.js';

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

  /** Its words for events → event type, or `chargeback` for what takes a conversion back; case does not matter. */
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { reg: 'registration', dep: 'ftd', redep: 'deposit' },
  })
  @Omittable()
  @IsWordMap({ values: EVENT_MEANINGS })
  events?: Record<string, string>;

  /** Its words for statuses → `approved`, `pending`, `rejected` or `ignore`. */
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { '1': 'approved', '2': 'pending', '3': 'rejected', ping: 'ignore' },
  })
  @Omittable()
  @IsWordMap({ values: STATUS_MEANINGS })
  statuses?: Record<string, string>;

  /** Its words and signs for currencies → codes of 2 to 10 letters. Such a currency is booked under that code. */
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { usdt: 'USD', руб: 'RUB' },
  })
  @Omittable()
  @IsWordMap({ accept: isCurrencyCode, acceptText: 'codes of 2 to 10 letters' })
  currencies?: Record<string, string>;

  /**
   * The character set of its requests and files where they are not UTF-8, by its WHATWG label.
   * @example "windows-1251"
   */
  @Omittable()
  @IsCharset()
  charset?: string;
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

  /** The id of a preset (`GET /api/v1/network-presets`): what is known of how such a network speaks. `null`: none. */
  @ApiPropertyOptional({ type: String, nullable: true, example: 'keitaro' })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  preset?: string | null;

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

  /** The query parameter in which links to this network carry the click id. Default: the preset's, else `click_id`. */
  @Omittable()
  @IsParamName()
  clickIdParam?: string;

  /** Whether a further `deposit`, `sale` or `rebill` of one click without a transaction id counts. Default: `ignore`. */
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string' }, example: { deposit: 'count' } })
  @Omittable()
  @IsWordMap({ keys: REPEATABLE_EVENT_TYPES, values: REPEAT_POLICIES })
  repeats?: Record<string, RepeatPolicy>;

  /**
   * How far a transaction id is unique. `click` (default): the same id with another click is another conversion. `network`:
   * the same id is the same conversion, whatever click comes with it.
   */
  @ApiPropertyOptional({ enum: TRANSACTION_SCOPES })
  @Omittable()
  @IsIn(TRANSACTION_SCOPES)
  transactions?: TransactionScope;

  @Omittable()
  @IsObject()
  @ValidateNested()
  @Type(() => SecurityRequest)
  security?: SecurityRequest;

  @Omittable()
  @IsObject()
  @ValidateNested()
  @Type(() => AnswerRequest)
  answer?: AnswerRequest;

  /** Event type → days after the click in which it may happen. Without an entry it always may. */
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { registration: 30, ftd: 30 },
  })
  @Omittable()
  @IsWindowMap()
  windows?: Record<string, number>;
}

/** Only what is given changes; `mapping`, `defaults`, `repeats` and `windows` are replaced as a whole. */
export class UpdateNetworkRequest extends PartialType(CreateNetworkRequest, { skipNullProperties: false }) {}

export class NetworkMappingResponse {
  @ApiProperty({ type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } })
  params: Record<string, string[]>;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  events: Record<string, string>;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  statuses: Record<string, string>;
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string' } })
  currencies?: Record<string, string>;
  charset?: string;
}

export class PostbackUrlResponse {
  /** The event whose field at the network it belongs into; `null`: it is for all. */
  @ApiProperty({ type: String, nullable: true, enum: EVENT_TYPES })
  event: string | null;
  url: string;
  @ApiProperty({ type: String, nullable: true })
  note: string | null;
}

export class NetworkResponse {
  /** @example "net_0V4rQ2pK3mXa81Qd7ZsT" */
  id: string;
  name: string;
  /** The preset that it was made with. */
  @ApiProperty({ type: String, nullable: true })
  preset: string | null;
  /** Secret part of the postback URL. Masked (`***` and its last characters), here and in all URLs, without the scope `networks:write`. */
  key: string;
  /** The key before the last rotation, which is accepted until it is ended. */
  @ApiProperty({ type: String, nullable: true })
  oldKey: string | null;
  /**
   * For pages, where everybody can read it: `/pixel/{pixelKey}.gif`, and `data-key` of `/hopback.js`. What a page tells holds
   * until the network itself tells; at the postback URL this key is none.
   */
  @ApiProperty({ type: String, nullable: true })
  pixelKey: string | null;
  /**
   * Ready to paste, in the macros of the network's preset; without one, put its own in place of the `{…}`. The first of `postbackUrls`.
   * @example "https://go.brand.com/postback/4tXq…?click_id={click_id}&event={event}&status={status}&payout={payout}&currency={currency}&txid={txid}"
   */
  postbackUrl: string;
  /** All that are to be pasted: one for each event where the network has a field for each. */
  @ApiProperty({ type: [PostbackUrlResponse] })
  postbackUrls: PostbackUrlResponse[];
  clickIdParam: string;
  /** What to check once it is set up, and what this network can not do. */
  @ApiProperty({ type: [String] })
  checks: string[];
  mapping: NetworkMappingResponse;
  defaults: DefaultsRequest;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  repeats: Record<string, RepeatPolicy>;
  @ApiProperty({ enum: TRANSACTION_SCOPES })
  transactions: TransactionScope;
  /** With its secrets masked. */
  security: SecurityResponse;
  answer: AnswerResponse;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  windows: Record<string, number>;
  /** When it was last told how its requests are to be read. */
  dialectChangedAt: string;
  createdAt: string;
  updatedAt: string;
}

export class NetworkListResponse {
  data: NetworkResponse[];
  page: PageInfo;
}
