import type { ReportDimension } from './dimensions.js';
import { formatKey, metricValues, noMeasures, subtractMeasures } from './report-answer.js';
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
  /** The metrics that are amounts. */
  private readonly amounts: readonly string[];

  constructor(private readonly question: ReportQuestion) {
    this.amounts = question.metrics.flatMap(({ name, unit }) => (unit === 'money' ? [name] : []));
  }

  toRow(group: MeasuredGroup): PresentedRow {
    // A spread of two objects with many properties takes several times as long.
    return Object.assign<PresentedRow, PresentedRow>(this.toKeys(group.keys), this.toMetrics(group));
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
    const values: PresentedMetrics = metricValues(measures, this.question.metrics);
    for (const name of this.amounts) {
      const amount = values[name];
      if (typeof amount === 'string') values[name] = { amount, currency: this.question.currency };
    }
    return values;
  }
}

/** Whether rows of the dimensions have labels beside their ids. */
export function hasLabels(dimension: ReportDimension): boolean {
  return dimension === 'link' || dimension === 'network';
}
