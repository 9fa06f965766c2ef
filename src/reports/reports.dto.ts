import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { CsvDownloadQuery } from '../platform/csv/csv-download.dto.js';
import { IsRangeEnd, IsTime } from '../platform/http/validation/is-time.decorator.js';
import { MoneyResponse } from '../platform/money/money.dto.js';

const MAX_FILTER = 4_000;
const MAX_LIST = 1_000;
const MAX_LIMIT = 5_000;

/** An optional filter; read-filter.ts reads it. */
function IsFilter(): PropertyDecorator {
  return (target, property) => {
    IsOptional()(target, property);
    IsString()(target, property);
    MaxLength(MAX_FILTER)(target, property);
  };
}

/** Conditions on dimensions. All of them must hold. */
export class ReportFilters {
  /** Link ids: `lnk_1,lnk_2`. Like all filters: `a`, `a,b` (one of), `-a,b` (none of), `(none)` (without a value). */
  @IsFilter()
  link?: string;

  /** Host names of links. */
  @IsFilter()
  domain?: string;

  /** Campaigns of links. Texts also take `~part` (contains) and `-~part`. */
  @IsFilter()
  campaign?: string;

  /** Tags of links. A click counts in the row of each tag of its link. */
  @IsFilter()
  tag?: string;

  /** Traffic sources: the click's `source` parameter, else `utm_source`. */
  @IsFilter()
  source?: string;

  /** Values of this sub id. */
  @IsFilter()
  sub1?: string;

  /** Values of this sub id. */
  @IsFilter()
  sub2?: string;

  /** Values of this sub id. */
  @IsFilter()
  sub3?: string;

  /** Values of this sub id. */
  @IsFilter()
  sub4?: string;

  /** Values of this sub id. */
  @IsFilter()
  sub5?: string;

  /** Values of this sub id. */
  @IsFilter()
  sub6?: string;

  /** Values of this sub id. */
  @IsFilter()
  sub7?: string;

  /** Values of this sub id. */
  @IsFilter()
  sub8?: string;

  /** Values of this sub id. */
  @IsFilter()
  sub9?: string;

  /** Values of this sub id. */
  @IsFilter()
  sub10?: string;

  /** Network ids: of the conversion, and for clicks of the link. */
  @IsFilter()
  network?: string;

  /** Variants, as `variant` or `rule/variant`. */
  @IsFilter()
  variant?: string;

  /** Rules that decided the destination. */
  @IsFilter()
  rule?: string;

  /** Event types. It filters conversions only. */
  @IsFilter()
  eventType?: string;

  /** Statuses. It filters conversions only. */
  @IsFilter()
  status?: string;

  /** Countries, ISO 3166-1 alpha-2. */
  @IsFilter()
  country?: string;

  /** Regions with their country: `DE-Bavaria`. */
  @IsFilter()
  region?: string;

  /** Cities with their country: `DE-Munich`. */
  @IsFilter()
  city?: string;

  /** Numbers of autonomous systems. */
  @IsFilter()
  asn?: string;

  /** Kinds of devices. */
  @IsFilter()
  device?: string;

  /** Operating systems. */
  @IsFilter()
  os?: string;

  /** Browsers. */
  @IsFilter()
  browser?: string;

  /** Browsers within apps. */
  @IsFilter()
  inApp?: string;

  /** Primary languages: `de`. */
  @IsFilter()
  language?: string;

  /** Hosts of referrers. */
  @IsFilter()
  referrer?: string;

  /** Reasons why clicks are not of people; `(none)`: clicks of people. */
  @IsFilter()
  botReason?: string;

  /** Hours by their start: `2026-11-23T10:00:00Z`. */
  @IsFilter()
  hour?: string;

  /** Days: `2026-11-23`. */
  @IsFilter()
  day?: string;

  /** Weeks by one of their days. */
  @IsFilter()
  week?: string;

  /** Months: `2026-11`. */
  @IsFilter()
  month?: string;

  /** Days of the week, 1 (Monday) to 7. */
  @IsFilter()
  weekday?: string;

  /** Hours of the day, 0 to 23. */
  @IsFilter()
  hourOfDay?: string;
}

/** The period of a report and its filters. */
export class ReportPeriodQuery extends ReportFilters {
  /** Start, inclusive. A date without a time is the start of that day in `timezone`. Default: six days before the last day. */
  @IsOptional()
  @IsTime()
  from?: string;

  /** End, exclusive. A date without a time includes that day. Default: the end of today. */
  @IsOptional()
  @IsRangeEnd('from')
  to?: string;

  /**
   * IANA time zone of days and hours. Default: that of the workspace.
   * @example "Europe/Berlin"
   */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  timezone?: string;

  /** Whether conversions count at the time of their click (default) or at their own. */
  @ApiPropertyOptional({ enum: ['click', 'conversion'], default: 'click' })
  @IsOptional()
  @IsIn(['click', 'conversion'])
  timeBy?: 'click' | 'conversion';

  /** One node of a drill-down: exact values of dimensions, as in `country:DE,device:mobile`. */
  @IsOptional()
  @IsString()
  @MaxLength(MAX_FILTER)
  under?: string;

  /**
   * Metrics by name, separated by commas. Default: the common ones.
   * @example "humanClicks,ftds,epc"
   */
  @IsOptional()
  @IsString()
  @MaxLength(MAX_LIST)
  metrics?: string;

  /**
   * A second period to compare with: `previous` (of the same length, right before), `year`, or `2026-10-01..2026-10-31`.
   * @example "previous"
   */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  compare?: string;

  /** Move the compared period so that it begins on the same day of the week. */
  @ApiPropertyOptional({ enum: ['true', 'false'], default: 'false' })
  @IsOptional()
  @IsIn(['true', 'false'])
  matchWeekday?: 'true' | 'false';
}

export class ReportQuery extends IntersectionType(ReportPeriodQuery, CsvDownloadQuery) {
  /**
   * Up to three dimensions, separated by commas. Without any, the answer has only totals.
   * @example "country,device"
   */
  @IsOptional()
  @IsString()
  @MaxLength(MAX_LIST)
  groupBy?: string;

  /**
   * Metrics or dimensions, separated by commas; `-` for descending. Default: `-clicks`, or the first dimension when it is a time.
   * @example "-ftds"
   */
  @IsOptional()
  @IsString()
  @MaxLength(MAX_LIST)
  sort?: string;

  /** Maximum rows. Default: 500 in JSON, all in CSV. The rest is summed up in `others`. */
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_LIMIT })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_LIMIT)
  limit?: number;
}

export class ComparedPeriodResponse {
  from: string;
  to: string;
}

export class ReportProgressResponse {
  /** Days that were read, those of the compared period among them. */
  @ApiProperty({ type: 'integer' })
  days: number;
  /** Days to read. */
  @ApiProperty({ type: 'integer' })
  ofDays: number;
}

/** The state of the data that an answer was made of. */
export class ReportStateResponse {
  from: string;
  to: string;
  compare: ComparedPeriodResponse | null;
  /** @example "Europe/Berlin" */
  timezone: string;
  @ApiProperty({ enum: ['click', 'conversion'] })
  timeBy: 'click' | 'conversion';
  /** The currency of all amounts. */
  currency: string;
  /**
   * Confirmed revenue in other currencies, from before the workspace's currency was changed. No other number contains it.
   * `null` where money is hidden.
   */
  @ApiProperty({ type: [MoneyResponse], nullable: true })
  otherCurrencies: MoneyResponse[] | null;
  /**
   * Cost in other currencies: there was no exchange rate, or the workspace's currency was changed. No other number contains it.
   * `null` where money is hidden.
   */
  @ApiProperty({ type: [MoneyResponse], nullable: true })
  otherCosts: MoneyResponse[] | null;
  /** Everything that was stored at this time is counted; null while the data is loaded for the first time. */
  asOf: string | null;
  /** False while data is missing: it is loaded again, or not all days of the report were read yet. */
  complete: boolean;
  /** While `complete` is false: clicks since this time are counted. */
  coveredFrom: string | null;
  /** While a report without a copy of the data is unfinished: the days that it counts. Ask again to get more; else null. */
  progress: ReportProgressResponse | null;
  /** Milliseconds that the report took. */
  tookMs: number;
}

export class ReportResponse extends ReportStateResponse {
  /** One key for each dimension and metric; `compare` has the metrics of the compared period. Amounts are money. */
  rows: Record<string, unknown>[];
  /** The metrics over all facts of the report. */
  totals: Record<string, unknown>;
  /** The metrics of the groups beyond `limit`, and in `groups` how many those are; null when all are shown. */
  others: Record<string, unknown> | null;
  /** The number of groups. */
  groups: number;
  /** Names of the ids in `rows`: dimension → id → name. */
  labels: Record<string, Record<string, string>>;
}
