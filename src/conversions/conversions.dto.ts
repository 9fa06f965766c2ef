import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { IsRangeEnd, IsTime } from '../platform/http/validation/is-time.decorator.js';
import { PageInfo, PageQuery } from '../platform/http/pagination.js';
import { MoneyResponse } from '../platform/money/money.dto.js';
import { ORIGINS, type Origin } from './rules/conversion-event.js';
import { CONVERSION_FLAGS, type ConversionFlag } from './conversion.schema.js';
import {
  CONVERSION_STATUSES,
  type ConversionStatus,
  EVENT_TYPES,
  type EventType,
} from '../platform/vocabulary/conversion-words.js';

export const TIMES_TO_FILTER_BY = ['conversion', 'click'] as const;

/** Which conversions. */
export class ConversionFilterQuery {
  @ApiPropertyOptional({ enum: EVENT_TYPES })
  @IsOptional()
  @IsIn(EVENT_TYPES)
  eventType?: EventType;

  @ApiPropertyOptional({ enum: CONVERSION_STATUSES })
  @IsOptional()
  @IsIn(CONVERSION_STATUSES)
  status?: ConversionStatus;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  linkId?: string;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  networkId?: string;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  clickId?: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  txid?: string;

  /** The network's name for the player. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  playerId?: string;

  @ApiPropertyOptional({ enum: CONVERSION_FLAGS })
  @IsOptional()
  @IsIn(CONVERSION_FLAGS)
  flag?: ConversionFlag;

  @ApiPropertyOptional({ enum: ['true', 'false'] })
  @IsOptional()
  @IsIn(['true', 'false'])
  isFtd?: 'true' | 'false';

  /** At or after. A date without a time is the beginning of that day in the workspace's time zone. */
  @IsOptional()
  @IsTime()
  from?: string;

  /** Before. A date without a time includes that day, in the workspace's time zone. */
  @IsOptional()
  @IsRangeEnd('from')
  to?: string;

  /** Whether `from` and `to` mean the time of the conversion (default) or of its click. */
  @ApiPropertyOptional({ enum: TIMES_TO_FILTER_BY, default: 'conversion' })
  @IsOptional()
  @IsIn(TIMES_TO_FILTER_BY)
  timeBy?: (typeof TIMES_TO_FILTER_BY)[number];
}

export class ConversionListQuery extends IntersectionType(PageQuery, ConversionFilterQuery) {}

export class HistoryEntryResponse {
  at: string;
  @ApiProperty({ enum: CONVERSION_STATUSES })
  status: ConversionStatus;
  networkStatus: string | null;
  @ApiProperty({ type: MoneyResponse, nullable: true })
  payout: MoneyResponse | null;
  /** Who told: the network by `postback`, a page by `pixel`, a person by `manual` or `import`. */
  @ApiProperty({ enum: ORIGINS })
  origin: Origin;
  /** The request that brought the change; null when a person did. */
  postbackId: string | null;
  /** The API key or the import that brought the change; null when a postback did. */
  by: string | null;
  note: string | null;
}

export class ConversionResponse {
  /** @example "cnv_0V4rQ2pK3mXa81Qd7ZsT" */
  id: string;
  @ApiProperty({ enum: EVENT_TYPES })
  eventType: EventType;
  /** Whether this is the first deposit of its click: the explicit `ftd`, else the earliest approved `deposit`. */
  isFtd: boolean;
  @ApiProperty({ enum: CONVERSION_STATUSES })
  status: ConversionStatus;
  /** The network's own word for the status. */
  networkStatus: string | null;
  /** Null for revenue that is the link's as a whole. */
  clickId: string | null;
  linkId: string;
  networkId: string | null;
  txid: string | null;
  /** The network's name for the player, where it sends one. */
  playerId: string | null;
  /** In the currency in which it was told. What was taken back in part is taken off. */
  @ApiProperty({ type: MoneyResponse, nullable: true })
  payout: MoneyResponse | null;
  /** What refunds have taken back of the payout; the whole payout once the conversion is rejected by them. */
  @ApiProperty({ type: MoneyResponse, nullable: true })
  refunded: MoneyResponse | null;
  /** The payout in the workspace's currency, at the rate of its day; null without a rate. */
  @ApiProperty({ type: MoneyResponse, nullable: true })
  revenue: MoneyResponse | null;
  clickedAt: string | null;
  convertedAt: string;
  /** The click's sub ids. */
  subs: Record<string, string>;
  /** Of the click: ISO 3166-1 alpha-2; null while the click is not stored yet, or where it is not known. */
  country: string | null;
  device: string | null;
  os: string | null;
  browser: string | null;
  history: HistoryEntryResponse[];
  /**
   * `rate_missing`: no exchange rate for its day. `before_click`: it is said to have happened before its click. `pixel_only`: only a page has told of it so far.
   * `txid_reused`: another click has the same transaction id. `other_network`: another network than the link's has told of it.
   */
  @ApiProperty({ enum: CONVERSION_FLAGS, isArray: true })
  flags: ConversionFlag[];
}

export class ConversionListResponse {
  data: ConversionResponse[];
  page: PageInfo;
}
