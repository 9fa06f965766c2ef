import { Big } from 'big.js';
import { formatAmount } from '../../platform/money/money.js';
import { isTimeDimension, type ReportDimension } from './dimensions.js';
import { evaluateFormula } from './formula/evaluate-formula.js';
import { isMedian, type Measure, MEASURES } from './measures.js';
import type { MetricUnit } from './metrics.js';
import type { AskedMetric, DimensionValue, MeasureValues } from './report-question.js';
import { formatTimeKey } from './time-keys.js';

/** Decimals of rates and of amounts that were divided. Sums of amounts keep all of theirs. */
const DECIMALS = 6;

/** A value of a metric: a number, an amount of money as decimal text, or `null` where it is not defined (0 / 0). */
export type MetricValue = number | string | null;

/** The values of metrics, computed from sums: a rate of a total is never an average of rates. */
export function metricValues(measures: MeasureValues, metrics: readonly AskedMetric[]): Record<string, MetricValue> {
  const valueOf = (name: string): Big | null => {
    const value = measures[name as Measure];
    return value === undefined || value === null ? null : new Big(value);
  };
  return Object.fromEntries(
    metrics.map(({ name, unit, formula }) => {
      const value = evaluateFormula(formula, valueOf);
      return [name, value === null ? null : formatMetric(value, unit)];
    }),
  );
}

function formatMetric(value: Big, unit: MetricUnit): MetricValue {
  if (unit === 'count') return value.toNumber();
  if (unit === 'money') return formatAmount(roundedAmount(value).toFixed());
  return value.round(DECIMALS, Big.roundHalfUp).toNumber();
}

const MAX_STORED_DECIMALS = 12;

/** Sums have at most twelve decimals and are shown whole. Quotients may have more, and are rounded. */
function roundedAmount(value: Big): Big {
  return value.round(MAX_STORED_DECIMALS, 0).eq(value) ? value : value.round(DECIMALS, Big.roundHalfUp);
}

/** The measures without any facts: sums are 0, medians undefined. */
export function noMeasures(measures: readonly Measure[] = MEASURES): MeasureValues {
  return Object.fromEntries(measures.map((measure) => [measure, isMedian(measure) ? null : 0]));
}

/** The measures of the groups that are not shown: those of all groups minus the shown ones. Medians are not known. */
export function subtractMeasures(all: MeasureValues, shown: readonly MeasureValues[]): MeasureValues {
  const entries = (Object.entries(all) as [Measure, number | string | null][]).map(([measure, value]) => {
    if (isMedian(measure)) return [measure, null] as const;
    const rest = shown.reduce((sum, row) => sum.minus(row[measure] ?? 0), new Big(value ?? 0));
    return [measure, typeof value === 'string' ? rest.toFixed() : rest.toNumber()] as const;
  });
  return Object.fromEntries(entries);
}

/** A key of a row as answers show it. */
export function formatKey(dimension: ReportDimension, key: DimensionValue): DimensionValue {
  return isTimeDimension(dimension) && typeof key === 'number' ? formatTimeKey(dimension, key) : key;
}
