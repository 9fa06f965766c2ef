import type { LinkLimits } from '../../workspaces/caller.js';
import type { Formula } from './formula/formula.js';
import type { ReportDimension } from './dimensions.js';
import type { Measure } from './measures.js';
import type { MetricUnit } from './metrics.js';

/** A value of a dimension. `null`: the facts have none. Days are numbers of days since 1970; see `TimeKeys`. */
export type DimensionValue = string | number | null;

/** A condition on a dimension. The facts match when one of the values does, or none when it excludes. */
export interface DimensionFilter {
  dimension: ReportDimension;
  isExcluding: boolean;
  /** `contains` ignores case, and has no `null` among its values. */
  mode: 'equals' | 'contains';
  values: DimensionValue[];
}

/** One node of a drill-down: the facts of a row of a report with fewer dimensions. */
export interface ReportNode {
  dimension: ReportDimension;
  value: DimensionValue;
}

/** The offset of local time from UTC from a moment on. */
export interface ZoneOffset {
  /** Milliseconds since 1970. */
  from: number;
  /** Milliseconds that local time is ahead of UTC. */
  offset: number;
}

/** A span of time in a time zone. */
export interface ReportPeriod {
  /** Inclusive, in milliseconds since 1970. */
  from: number;
  /** Exclusive. */
  to: number;
  /** The offsets that are in force within the span, in order. The first one is in force at `from`. */
  offsets: ZoneOffset[];
}

/** The period that a report is compared with. */
export interface ComparedPeriod extends ReportPeriod {
  /** Local days from a day of this period to the day of the report that it is compared with. */
  shiftDays: number;
}

export interface ReportSort {
  /** A dimension of `groupBy`, or the formula of a metric over measures. */
  by: ReportDimension | Formula;
  isDescending: boolean;
}

/** A metric of a question. Its formula names measures only. */
export interface AskedMetric {
  name: string;
  unit: MetricUnit;
  formula: Formula;
}

/** A question to the copy of clicks and conversions. It is plain JSON, contains no SQL, and is sent to another process. */
export interface ReportQuestion {
  workspaceId: string;
  groupBy: ReportDimension[];
  filters: DimensionFilter[];
  under: ReportNode[];
  period: ReportPeriod;
  compare?: ComparedPeriod | undefined;
  timeBy: 'click' | 'conversion';
  /** The currency that revenue and cost are in. Amounts in other currencies are not added. */
  currency: string;
  metrics: AskedMetric[];
  sort: ReportSort[];
  /** Maximum rows. `undefined`: all of them. */
  limit?: number | undefined;
  /** Only facts of links that have one of the tags or campaigns today. `undefined`: of all links. */
  within?: LinkLimits | undefined;
  /** Money is hidden from the caller: no metric is an amount, and amounts in other currencies are not told. */
  hidesMoney?: true | undefined;
}

/** Sums of one group of facts, as the copy gives them: counts as numbers, amounts as decimal texts, times as milliseconds. */
export type MeasureValues = Partial<Record<Measure, number | string | null>>;
