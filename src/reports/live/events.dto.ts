import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { MoneyResponse } from '../../platform/money/money.dto.js';
import {
  CONVERSION_STATUSES,
  type ConversionStatus,
  EVENT_TYPES,
  type EventType,
} from '../../platform/vocabulary/conversion-words.js';

const MAX_FILTER = 4_000;
const CHANGES = ['created', 'updated'] as const;

/** An optional filter; event-filter.ts reads it. */
function IsEventFilter(): PropertyDecorator {
  return (target, property) => {
    IsOptional()(target, property);
    IsString()(target, property);
    MaxLength(MAX_FILTER)(target, property);
  };
}

/** Filters of live events. All of them must match; values are exact and separated by commas. */
export class EventStreamQuery {
  /** `click`, `postback`, `conversion`. Default: all that the key may read. */
  @IsEventFilter()
  types?: string;

  /** Link ids. */
  @IsEventFilter()
  link?: string;

  /** Network ids. Clicks have no network, so they do not match. */
  @IsEventFilter()
  network?: string;

  /** Countries, ISO 3166-1 alpha-2. Postbacks have no country, so they do not match. */
  @IsEventFilter()
  country?: string;

  /** Values of this sub id. Postbacks have no sub ids, so they do not match. */
  @IsEventFilter()
  sub1?: string;

  /** Values of this sub id. Postbacks have no sub ids, so they do not match. */
  @IsEventFilter()
  sub2?: string;

  /** Values of this sub id. Postbacks have no sub ids, so they do not match. */
  @IsEventFilter()
  sub3?: string;

  /** Values of this sub id. Postbacks have no sub ids, so they do not match. */
  @IsEventFilter()
  sub4?: string;

  /** Values of this sub id. Postbacks have no sub ids, so they do not match. */
  @IsEventFilter()
  sub5?: string;

  /** Values of this sub id. Postbacks have no sub ids, so they do not match. */
  @IsEventFilter()
  sub6?: string;

  /** Values of this sub id. Postbacks have no sub ids, so they do not match. */
  @IsEventFilter()
  sub7?: string;

  /** Values of this sub id. Postbacks have no sub ids, so they do not match. */
  @IsEventFilter()
  sub8?: string;

  /** Values of this sub id. Postbacks have no sub ids, so they do not match. */
  @IsEventFilter()
  sub9?: string;

  /** Values of this sub id. Postbacks have no sub ids, so they do not match. */
  @IsEventFilter()
  sub10?: string;
}

/** The data of an event `click`. */
export class ClickEventResponse {
  /** The click id. */
  id: string;
  at: string;
  linkId: string;
  country: string | null;
  device: string | null;
  os: string | null;
  browser: string | null;
  referrerHost: string | null;
  subs: Record<string, string>;
  isBot: boolean;
  /** Whether this is the person's first click on the link on that day (UTC). */
  isUnique: boolean;
}

/** The data of an event `postback`. */
export class PostbackEventResponse {
  id: string;
  receivedAt: string;
  networkId: string;
  linkId: string | null;
  /** As in the postback log, when it was stored. */
  verdict: string;
  reason: string | null;
  conversionId: string | null;
}

/** The data of an event `conversion`. */
export class ConversionEventResponse {
  id: string;
  @ApiProperty({ enum: CHANGES })
  change: (typeof CHANGES)[number];
  @ApiProperty({ enum: EVENT_TYPES })
  eventType: EventType;
  @ApiProperty({ enum: CONVERSION_STATUSES })
  status: ConversionStatus;
  isFtd: boolean;
  linkId: string;
  networkId: string | null;
  clickId: string | null;
  @ApiProperty({ type: MoneyResponse, nullable: true })
  payout: MoneyResponse | null;
  @ApiProperty({ type: MoneyResponse, nullable: true })
  revenue: MoneyResponse | null;
  convertedAt: string;
}

/** The data of an event `skipped`: the numbers of events that were not sent, because they were too many. */
export class SkippedEventResponse {
  click?: number;
  postback?: number;
  conversion?: number;
}

/** The data of an event `gap`: events since this time may be missing. */
export class GapEventResponse {
  /** The time of the last event that was sent. `null` when it is not known. */
  since: string | null;
}
