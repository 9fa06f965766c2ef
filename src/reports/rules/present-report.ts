import type { ReportDimension } from './dimensions.js';
import type { MetricUnit } from './metrics.js';
import { formatKey, metricValues, type MetricValue, noMeasures, subtractMeasures } from './report-answer.js';
import type { DimensionValue, MeasureValues, ReportQuestion } from './report-question.js';

/** An amount with its currency, as everywhere in the API. */
export interface ReportAmount {
  amount: string;
  currency: string;
}

export type PresentedValue = DimensionValue | ReportAmount;
/** The metrics of a row, of the totals or of the others, by name. */
export type PresentedMetrics = Record<string, PresentedValue>;
/** A row: its dimensions and metrics by name, and under `compare` the metrics of the compared period. */
export type PresentedRow = Record<string, PresentedValue | PresentedMetrics>;

/** Sums of a group of facts, and of the same group in the compared period. */
export interface MeasuredGroup {
  keys: DimensionValue[];
  measures: MeasureValues;
  compared?: MeasureValues;
}

/** Writes the sums of a report as rows of metrics. */
export class ReportPresenter {
  private readonly units: ReadonlyMap<string, MetricUnit>;

  constructor(private readonly question: ReportQuestion) {
    this.units = new Map(question.metrics.map(({ name, unit }) => [name, unit]));
  }

  toRow(group: MeasuredGroup): PresentedRow {
    return { ...this.toKeys(group.keys), ...this.toMetrics(group) };
  }

  /** The dimensions of a row by name. */
  toKeys(keys: readonly DimensionValue[]): Record<string, DimensionValue> {
    const { groupBy } = this.question;
    return Object.fromEntries(groupBy.map((dimension, i) => [dimension, formatKey(dimension, keys[i] ?? null)]));
  }

  toMetrics({ measures, compared }: Omit<MeasuredGroup, 'keys'>): PresentedRow {
    if (this.question.compare === undefined) return this.valuesOf(measures);
    return { ...this.valuesOf(measures), compare: this.valuesOf(compared ?? noMeasures()) };
  }

  /** The groups that are not among the shown rows; `undefined` when all are shown. */
  toOthers(ofGroups: MeasuredGroup, shown: readonly MeasuredGroup[], groups: number): PresentedRow | undefined {
    if (groups <= shown.length) return undefined;
    const measures = subtractMeasures(
      ofGroups.measures,
      shown.map((row) => row.measures),
    );
    const compared =
      ofGroups.compared &&
      subtractMeasures(
        ofGroups.compared,
        shown.map((row) => row.compared ?? {}),
      );
    return { groups: groups - shown.length, ...this.toMetrics({ measures, ...(compared && { compared }) }) };
  }

  private valuesOf(measures: MeasureValues): PresentedMetrics {
    const values = metricValues(measures, this.question.metrics);
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, this.withCurrency(name, value)]));
  }

  private withCurrency(name: string, value: MetricValue): PresentedValue {
    return typeof value === 'string' && this.units.get(name) === 'money'
      ? { amount: value, currency: this.question.currency }
      : value;
  }
}

/** Whether rows of the dimensions have labels beside their ids. */
export function hasLabels(dimension: ReportDimension): boolean {
  return dimension === 'link' || dimension === 'network';
}
