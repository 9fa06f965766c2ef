import { isWithinLimits } from '../../../workspaces/restrictions/rules/link-limits.js';
import { isConversionDimension } from '../dimensions.js';
import type { DimensionFilter, DimensionValue, ReportQuestion } from '../report-question.js';
import { type DatedFact, isConversion, type ValueReader } from './fact-values.js';

/** Whether a fact satisfies all filters and nodes of a question, and its link lies within the question's limits. */
export function factFilter(
  { filters, under, within }: Pick<ReportQuestion, 'filters' | 'under' | 'within'>,
  readerOf: (dimension: DimensionFilter['dimension']) => ValueReader,
): (one: DatedFact) => boolean {
  const nodes = under.map(({ dimension, value }) => condition(readerOf(dimension), equalsOneOf([value]), false));
  const conditions = filters.map((filter) => {
    const { dimension, isExcluding, mode, values } = filter;
    const matches = mode === 'contains' ? containsOneOf(values) : equalsOneOf(values);
    const holds = condition(readerOf(dimension), matches, isExcluding);
    // Clicks have no event type and no status: filters for these leave them, so that rates keep their clicks.
    return isConversionDimension(dimension) ? (one: DatedFact) => !isConversion(one.fact) || holds(one) : holds;
  });
  const all = [...nodes, ...conditions];
  if (within !== undefined) all.push(({ link }) => link !== undefined && isWithinLimits(within, link));
  return (one) => all.every((holds) => holds(one));
}

function condition(
  valueOf: ValueReader,
  matches: (value: DimensionValue) => boolean,
  isExcluding: boolean,
): (one: DatedFact) => boolean {
  return (one) => {
    const value = valueOf(one);
    return (Array.isArray(value) ? value.some(matches) : matches(value as DimensionValue)) !== isExcluding;
  };
}

function equalsOneOf(values: readonly DimensionValue[]): (value: DimensionValue) => boolean {
  const wanted = new Set(values);
  return (value) => wanted.has(value);
}

function containsOneOf(values: readonly DimensionValue[]): (value: DimensionValue) => boolean {
  const parts = values.map((part) => String(part).toLowerCase());
  return (value) => {
    if (value === null) return false;
    const text = String(value).toLowerCase();
    return parts.some((part) => text.includes(part));
  };
}
