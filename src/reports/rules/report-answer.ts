import { isTimeDimension, type ReportDimension } from './dimensions.js';
import { type Decimal, decimalText, hasAtMost, minus, rounded, toDecimal, toNumber } from './formula/decimal.js';
import { evaluateFormula } from './formula/evaluate-formula.js';
import { isMedian, type Measure, MEASURES } from './measures.js';
import type { MetricUnit } from './metrics.js';
import type { AskedMetric, DimensionValue, MeasureValues } from './report-question.js';
import { formatTimeKey } from './time-keys.js';

/** Decimals of rates and of amounts that were divided. Sums of amounts keep all of theirs. */
const DECIMALS = 6;
const MAX_STORED_DECIMALS = 12;
const MONEY_DECIMALS = 2;

/** A value of a metric: a number, an amount of money as decimal text, or `null` where it is not defined (0 / 0). */
export type MetricValue = number | string | null;

/** The values of metrics, computed from sums: a rate of a total is never an average of rates. */
export function metricValues(measures: MeasureValues, metrics: readonly AskedMetric[]): Record<string, MetricValue> {
  const decimals = new Map<string, Decimal | null>();
  for (const [measure, value] of Object.entries(measures))
    decimals.set(measure, value === null ? null : toDecimal(value));
  const valueOf = (name: string): Decimal | null => decimals.get(name) ?? null;
  const values: Record<string, MetricValue> = {};
  for (const { name, unit, formula } of metrics) {
    const value = evaluateFormula(formula, valueOf);
    values[name] = value === null ? null : formatMetric(value, unit);
  }
  return values;
}

function formatMetric(value: Decimal, unit: MetricUnit): MetricValue {
  if (unit !== 'money') return toNumber(unit === 'count' ? value : rounded(value, DECIMALS));
  // Sums have at most twelve decimals and are shown whole. Quotients may have more, and are rounded.
  const isSum = hasAtMost(MAX_STORED_DECIMALS, value);
  return decimalText(isSum ? value : rounded(value, DECIMALS), MONEY_DECIMALS);
}

/** The measures without any facts: sums are 0, medians undefined. */
export function noMeasures(measures: readonly Measure[] = MEASURES): MeasureValues {
  return Object.fromEntries(measures.map((measure) => [measure, isMedian(measure) ? null : 0]));
}

/** The measures of the groups that are not shown: those of all groups minus the shown ones. Medians are not known. */
export function subtractMeasures(all: MeasureValues, shown: readonly MeasureValues[]): MeasureValues {
  const entries = (Object.entries(all) as [Measure, number | string | null][]).map(([measure, value]) => {
    if (isMedian(measure)) return [measure, null] as const;
    const rest = shown.reduce((sum, row) => minus(sum, toDecimal(row[measure] ?? 0)), toDecimal(value ?? 0));
    return [measure, typeof value === 'string' ? decimalText(rest) : toNumber(rest)] as const;
  });
  return Object.fromEntries(entries);
}

/** A key of a row as answers show it. */
export function formatKey(dimension: ReportDimension, key: DimensionValue): DimensionValue {
  return isTimeDimension(dimension) && typeof key === 'number' ? formatTimeKey(dimension, key) : key;
}
