import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
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
import { NetworkLimitsResponse, NetworkSendsResponse } from './network-facts.dto.js';
import type { RepeatPolicy } from './network.schema.js';
import { AnswerRequest, AnswerResponse, SecurityRequest, SecurityResponse } from './security.dto.js';

/** The network's own names and words, and their meanings here. */
export class MappingRequest {
  /** Canonical name → parameter names that the network sends; the first with a value wins. */
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'array', items: { type: 'string' } },
    example: { click_id: ['tid'], payout: ['sum'], event: ['goal'], txid: ['xid'] },
  })
  @Omittable()
  @IsWordMap({ keys: CANONICAL_PARAMS, lists: true })
  params?: Record<string, string[]>;

  /** The network's words for events → event type, or `chargeback` to take a conversion back. Case does not matter. */
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { reg: 'registration', dep: 'ftd', redep: 'deposit' },
  })
  @Omittable()
  @IsWordMap({ values: EVENT_MEANINGS })
  events?: Record<string, string>;

  /** The network's words for statuses → `approved`, `pending`, `rejected` or `ignore`. */
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { '1': 'approved', '2': 'pending', '3': 'rejected', ping: 'ignore' },
  })
  @Omittable()
  @IsWordMap({ values: STATUS_MEANINGS })
  statuses?: Record<string, string>;

  /** The network's words and signs for currencies → codes of 2 to 10 letters. Amounts are stored under that code. */
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { usdt: 'USD', руб: 'RUB' },
  })
  @Omittable()
  @IsWordMap({ accept: isCurrencyCode, acceptText: 'codes of 2 to 10 letters' })
  currencies?: Record<string, string>;

  /**
   * Character set of the network's requests and files if it is not UTF-8, by its WHATWG label.
   * @example "windows-1251"
   */
  @Omittable()
  @IsCharset()
  charset?: string;
}

/** Values for postbacks that do not contain them. */
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

const MAX_CHECKS = 100;
const MAX_CHECK_CHARS = 2_000;

export class CreateNetworkRequest {
  /** @example "Casino Partners" */
  @IsString()
  @Length(1, 100)
  name: string;

  /** Id of a preset (`GET /api/v1/network-presets`), with the known parameter names and words of the network. `null`: none. */
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

  /** Currency of amounts without one; short for `defaults.currency`. Default: USD. */
  @Omittable()
  @IsCurrency()
  currency?: string;

  /** The query parameter in which links to this network carry the click id. Default: the preset's, else `click_id`. */
  @Omittable()
  @IsParamName()
  clickIdParam?: string;

  /** Whether another `deposit`, `sale` or `rebill` of a click counts if it has no transaction id. Default: `ignore`. */
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string' }, example: { deposit: 'count' } })
  @Omittable()
  @IsWordMap({ keys: REPEATABLE_EVENT_TYPES, values: REPEAT_POLICIES })
  repeats?: Record<string, RepeatPolicy>;

  /**
   * Scope in which a transaction id is unique. `click` (default): the same id with another click is another conversion.
   * `network`: the same id is the same conversion, whatever click id comes with it.
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

  /** Event type → attribution window in days after the click. Without an entry there is no limit. */
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { registration: 30, ftd: 30 },
  })
  @Omittable()
  @IsWindowMap()
  windows?: Record<string, number>;
}

/** Only the given fields change. `mapping`, `defaults`, `repeats` and `windows` are replaced as a whole. */
export class UpdateNetworkRequest extends PartialType(CreateNetworkRequest, { skipNullProperties: false }) {
  /** The ticked ones of the network's `checks`, by their texts. The list is replaced as a whole. */
  @ApiPropertyOptional({ type: [String], example: ['Postbacks are set for each campaign, not once for the account.'] })
  @Omittable()
  @IsArray()
  @ArrayMaxSize(MAX_CHECKS)
  @IsString({ each: true })
  @MaxLength(MAX_CHECK_CHARS, { each: true })
  checksDone?: string[];
}

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
  /** The event for which the network has a field for this URL; `null`: the URL is for all events. */
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
  /** Id of the network's preset. */
  @ApiProperty({ type: String, nullable: true })
  preset: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'Affilka (SOFTSWISS)' })
  presetName: string | null;
  /** Whether the facts of its preset come from the vendor or a public receiver's source code; `null` without a preset. */
  @ApiProperty({ type: Boolean, nullable: true })
  verified: boolean | null;
  /** Parts of its preset that are not verified. */
  @ApiProperty({ type: [String] })
  unverifiedParts: string[];
  /** Secret part of the postback URL. Without the scope `networks:write` it is masked (`***` and its last characters), also in URLs. */
  key: string;
  /** The key before the last rotation. It is accepted until it is ended. */
  @ApiProperty({ type: String, nullable: true })
  oldKey: string | null;
  /**
   * Public key for pages: `/pixel/{pixelKey}.gif`, and `data-key` of `/hopback.js`. Conversions reported by a page count
   * until the network reports them. The postback URL does not accept this key.
   */
  @ApiProperty({ type: String, nullable: true })
  pixelKey: string | null;
  /**
   * Postback URL with the macros of the network's preset; the first of `postbackUrls`. Without a preset, replace each `{…}` with
   * the network's own macro.
   * @example "https://go.brand.com/postback/4tXq…?click_id={click_id}&event={event}&status={status}&payout={payout}&currency={currency}&txid={txid}"
   */
  postbackUrl: string;
  /** All URLs to enter at the network: one for each event if the network has a field for each. */
  @ApiProperty({ type: [PostbackUrlResponse] })
  postbackUrls: PostbackUrlResponse[];
  clickIdParam: string;
  /** Limits of this network, and points to check after the setup. */
  @ApiProperty({ type: [String] })
  checks: string[];
  /** The texts of `checks` that are ticked. A check whose text a later release changes is no longer ticked. */
  @ApiProperty({ type: [String] })
  checksDone: string[];
  /** The values that its postbacks can carry, as far as its preset knows; `null` without a preset. */
  @ApiProperty({ type: NetworkSendsResponse, nullable: true })
  sends: NetworkSendsResponse | null;
  /** The limits that its preset knows; `null` without a preset. */
  @ApiProperty({ type: NetworkLimitsResponse, nullable: true })
  limits: NetworkLimitsResponse | null;
  mapping: NetworkMappingResponse;
  /** Where money is hidden, `payout` is `null`. */
  defaults: DefaultsRequest;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  repeats: Record<string, RepeatPolicy>;
  @ApiProperty({ enum: TRANSACTION_SCOPES })
  transactions: TransactionScope;
  /** Security settings, with masked secrets. */
  security: SecurityResponse;
  answer: AnswerResponse;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  windows: Record<string, number>;
  /** Time of the last change of preset, mapping, defaults or currency. */
  dialectChangedAt: string;
  createdAt: string;
  updatedAt: string;
}

export class NetworkListResponse {
  data: NetworkResponse[];
  page: PageInfo;
}
