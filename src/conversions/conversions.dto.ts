import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { IsTime } from '../platform/http/is-time.decorator.js';
import { PageInfo, PageQuery } from '../platform/http/pagination.js';
import { MoneyResponse } from '../platform/money/money.dto.js';
import {
  CONVERSION_STATUSES,
  type ConversionStatus,
  EVENT_TYPES,
  type EventType,
} from '../platform/vocabulary/conversion-words.js';

export class ConversionListQuery extends PageQuery {
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

  /** Converted at or after. */
  @IsOptional()
  @IsTime()
  from?: string;

  /** Converted before. */
  @IsOptional()
  @IsTime()
  to?: string;
}

export class HistoryEntryResponse {
  at: string;
  @ApiProperty({ enum: CONVERSION_STATUSES })
  status: ConversionStatus;
  networkStatus: string | null;
  @ApiProperty({ type: MoneyResponse, nullable: true })
  payout: MoneyResponse | null;
  /** The request that brought the change. */
  postbackId: string;
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
  clickId: string;
  linkId: string;
  networkId: string;
  txid: string | null;
  @ApiProperty({ type: MoneyResponse, nullable: true })
  payout: MoneyResponse | null;
  clickedAt: string;
  convertedAt: string;
  /** The click's sub ids. */
  subs: Record<string, string>;
  history: HistoryEntryResponse[];
}

export class ConversionListResponse {
  data: ConversionResponse[];
  page: PageInfo;
}
