import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
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

/** Filters for conversions; all of them must match. */
export class ConversionFilterQuery {
  /**
   * The id of a conversion or click, a transaction id or a player. Conversions with exactly this value are found, else those
   * where one of these begins with it. More than 1,000 of these give 422 `too_many_matches`.
   */
  @IsOptional()
  @IsString()
  @Matches(/\S/, { message: 'q must have at least one character' })
  @MaxLength(200)
  q?: string;

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

  /** The network's id of the player. */
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

  /** Start of the range, inclusive. A date without a time means the start of that day in the workspace's time zone. */
  @IsOptional()
  @IsTime()
  from?: string;

  /** End of the range, exclusive. A date without a time includes that day, in the workspace's time zone. */
  @IsOptional()
  @IsRangeEnd('from')
  to?: string;

  /** The time that `from` and `to` apply to: that of the conversion (default) or of its click. */
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
  /** Source of the change: `postback` (the network), `pixel` (a page), `manual` or `import` (a person). */
  @ApiProperty({ enum: ORIGINS })
  origin: Origin;
  /** Id of the request that made the change; null when a person made it. */
  postbackId: string | null;
  /** The API key or the import that made the change; null for postbacks and pixels. */
  by: string | null;
  note: string | null;
}

export class ConversionResponse {
  /** @example "cnv_0V4rQ2pK3mXa81Qd7ZsT" */
  id: string;
  @ApiProperty({ enum: EVENT_TYPES })
  eventType: EventType;
  /** True for the first deposit of a player or click: the explicit `ftd`, else the earliest approved `deposit`. */
  isFtd: boolean;
  @ApiProperty({ enum: CONVERSION_STATUSES })
  status: ConversionStatus;
  /** The network's own word for the status. */
  networkStatus: string | null;
  /** Null for revenue of the link as a whole. */
  clickId: string | null;
  linkId: string;
  networkId: string | null;
  txid: string | null;
  /** The network's id of the player, if the network sends one. */
  playerId: string | null;
  /** In the currency that the network reported. Partial refunds are subtracted. */
  @ApiProperty({ type: MoneyResponse, nullable: true })
  payout: MoneyResponse | null;
  /** Refunded part of the payout; the whole payout when refunds have rejected the conversion. */
  @ApiProperty({ type: MoneyResponse, nullable: true })
  refunded: MoneyResponse | null;
  /** The payout in the workspace's currency, at the exchange rate of its day; null without a rate. */
  @ApiProperty({ type: MoneyResponse, nullable: true })
  revenue: MoneyResponse | null;
  clickedAt: string | null;
  convertedAt: string;
  /** The click's sub ids. */
  subs: Record<string, string>;
  /** Country of the click, ISO 3166-1 alpha-2. Null when it is unknown or the click is not stored yet. */
  country: string | null;
  device: string | null;
  os: string | null;
  browser: string | null;
  history: HistoryEntryResponse[];
  /**
   * `rate_missing`: there is no exchange rate for its day. `before_click`: its time is before the click.
   * `pixel_only`: only a page has reported it so far. `txid_reused`: another click has the same transaction id.
   * `other_network`: a network other than the link's reported it.
   */
  @ApiProperty({ enum: CONVERSION_FLAGS, isArray: true })
  flags: ConversionFlag[];
}

export class ConversionListResponse {
  data: ConversionResponse[];
  page: PageInfo;
}

export class StatusTotalsResponse {
  count: number;
  /** Sums of the payouts by the currency that networks reported. Where money is hidden, `null`. */
  @ApiProperty({ type: [MoneyResponse], nullable: true })
  payouts: MoneyResponse[] | null;
  /** Sum of the revenue in the workspace's currency. Where money is hidden, `null`. */
  @ApiProperty({ type: MoneyResponse, nullable: true })
  revenue: MoneyResponse | null;
}

export class TotalsByStatusResponse implements Record<ConversionStatus, StatusTotalsResponse> {
  pending: StatusTotalsResponse;
  approved: StatusTotalsResponse;
  rejected: StatusTotalsResponse;
}

export class EventTypeCountResponse {
  @ApiProperty({ enum: EVENT_TYPES })
  eventType: EventType;
  count: number;
}

export class ConversionTotalsResponse {
  count: number;
  byStatus: TotalsByStatusResponse;
  /** Event types that occur, in the order of the vocabulary. */
  byEventType: EventTypeCountResponse[];
  /** First deposits that are not rejected. */
  ftds: number;
  /** Conversions with at least one flag. */
  flagged: number;
  /** Conversions whose payout has no revenue in the workspace's currency. */
  withoutRevenue: number;
  /** False when more than 100,000 conversions match: the totals are those of the newest 100,000. */
  isComplete: boolean;
}
