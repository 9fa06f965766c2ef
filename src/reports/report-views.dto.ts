import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { ReportPeriodQuery, ReportStateResponse } from './reports.dto.js';
import { ANNOTATION_KINDS, type AnnotationKind } from './rules/annotations.js';
import { REPORT_DIMENSIONS, type ReportDimension } from './rules/dimensions.js';
import { METRIC_UNIT_NAMES, type MetricUnit } from './rules/metrics.js';
import { type Interval, INTERVALS } from './rules/report-period.js';

const MAX_SEARCH = 200;
const MAX_VALUES = 100;

export class TimeseriesQuery extends ReportPeriodQuery {
  /** Length of a point. Default: `day`. */
  @ApiPropertyOptional({ enum: INTERVALS, default: 'day' })
  @IsOptional()
  @IsIn(INTERVALS)
  interval?: Interval;
}

/** A change that may explain a bend. */
export class AnnotationResponse {
  at: string;
  /** `link_changed`: its destination, rules, state or cost. `network_changed`: its mapping or settings. `rates_loaded`: exchange rates. */
  @ApiProperty({ enum: ANNOTATION_KINDS })
  kind: AnnotationKind;
  /** Id of the link or network; of the workspace for exchange rates. */
  objectId: string;
  /** Name of the link or network. */
  label: string;
  /** The changed fields; empty for a deletion. */
  fields: string[];
}

export class TimeseriesResponse extends ReportStateResponse {
  @ApiProperty({ enum: INTERVALS })
  interval: Interval;
  /**
   * One for each hour, day, week or month of the period, in order and without gaps: `start`, the metrics, `compare`, and
   * `unfinished: true` where the time is not over yet.
   */
  points: Record<string, unknown>[];
  /** Changes in the period, oldest first: at most the 100 latest. */
  annotations: AnnotationResponse[];
  /** The metrics over the whole period. */
  totals: Record<string, unknown>;
}

/** The steps are fixed metrics. */
export class FunnelQuery extends OmitType(ReportPeriodQuery, ['metrics'] as const) {}

export class FunnelStep {
  /** A metric: `humanClicks`, `registrations`, `ftds`, `deposits`, `qualified` or `approved`. */
  name: string;
  count: number;
  /** Percent of the step before; null after a step without any. */
  fromPrevious: number | null;
  /** Percent of the first step. */
  fromFirst: number | null;
  /** Median seconds from the click; only for registrations and first deposits. */
  medianSeconds: number | null;
  /** The count in the compared period. */
  compare: number | null;
}

export class FunnelResponse extends ReportStateResponse {
  steps: FunnelStep[];
}

export class HeatmapResponse extends ReportStateResponse {
  /** 168 cells: `weekday` (1 is Monday), `hourOfDay` and the metrics. */
  cells: Record<string, unknown>[];
}

export class DimensionValuesQuery extends OmitType(ReportPeriodQuery, ['metrics', 'compare', 'matchWeekday'] as const) {
  /** The dimension whose values are listed. */
  @ApiProperty({ enum: REPORT_DIMENSIONS })
  @IsIn(REPORT_DIMENSIONS)
  dimension: ReportDimension;

  /** Only values whose text or name contains this. */
  @IsOptional()
  @IsString()
  @MaxLength(MAX_SEARCH)
  q?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_VALUES, default: 20 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_VALUES)
  limit?: number;
}

export class DimensionValueEntry {
  /** As a filter takes it; null: facts without a value, for which the filter is `(none)`. */
  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'number' }], nullable: true })
  value: string | number | null;
  /** The name of a link or network, else the value. */
  label: string;
  /** Clicks in the period. */
  clicks: number;
  /** Conversions in the period. */
  conversions: number;
}

export class DimensionValuesResponse extends ReportStateResponse {
  /** Those with the most clicks first. */
  values: DimensionValueEntry[];
  /** Whether there are more. */
  hasMore: boolean;
}

export class MetricResponse {
  name: string;
  @ApiProperty({ enum: METRIC_UNIT_NAMES })
  unit: MetricUnit;
  /** Over other metrics. A sum over clicks or conversions is its own formula. */
  formula: string;
  description: string;
  /** Whether the workspace has defined it. */
  isOwn: boolean;
}

export class MetricListResponse {
  metrics: MetricResponse[];
  /** The dimensions that reports group and filter by. */
  @ApiProperty({ enum: REPORT_DIMENSIONS, isArray: true })
  dimensions: ReportDimension[];
}
