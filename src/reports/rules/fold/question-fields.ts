import { isConversionDimension, type ReportDimension } from '../dimensions.js';
import { FACT_FIELDS } from '../facts.js';
import type { DimensionValue, ReportQuestion } from '../report-question.js';

// The fields of stored documents that a question needs, and the conditions on them that MongoDB can check itself. The fold
// checks all filters again, so these conditions only have to let everything through that it counts.

export type DocumentSide = 'clicks' | 'conversions';
/** Conditions on fields: the value is one of these. All of them must hold. */
export type FieldConditions = { [path: string]: { $in: Exclude<DimensionValue, null>[] } }[];

/** Dimensions whose value is made of several fields, or of a link or a time. */
const COMPOSED: Partial<Record<ReportDimension, readonly string[]>> = {
  region: ['country', 'region'],
  city: ['country', 'city'],
  variant: ['rule', 'variant'],
  domain: [],
  campaign: [],
  tag: [],
  hour: [],
  day: [],
  week: [],
  month: [],
  weekday: [],
  hourOfDay: [],
};

/** The paths of the fields that the documents of a question need. @param others more dimensions that are read. */
export function documentFieldsOf(
  side: DocumentSide,
  { groupBy, filters, under }: ReportQuestion,
  others: readonly ReportDimension[] = [],
): string[] {
  const dimensions = [...groupBy, ...[...filters, ...under].map(({ dimension }) => dimension), ...others];
  return [...new Set([...FACT_FIELDS[side], ...dimensions.flatMap((dimension) => pathsOf(side, dimension))])];
}

export function documentConditionsOf(side: DocumentSide, { filters, under }: ReportQuestion): FieldConditions {
  const exact = filters.filter(({ isExcluding, mode }) => !isExcluding && mode === 'equals');
  const nodes = under.map(({ dimension, value }) => ({ dimension, values: [value] }));
  return [...exact, ...nodes].flatMap(({ dimension, values }) => {
    const path = singlePathOf(side, dimension);
    const known = values.filter((value) => value !== null);
    return path === undefined || known.length < values.length ? [] : [{ [path]: { $in: known } }];
  });
}

function pathsOf(side: DocumentSide, dimension: ReportDimension): string[] {
  const composed = COMPOSED[dimension];
  if (composed !== undefined) return composed.map((field) => (side === 'clicks' ? field : `facts.${field}`));
  if (dimension === 'source' && side === 'clicks') return ['query'];
  const path = singlePathOf(side, dimension);
  return path === undefined ? [] : [path];
}

/** The field whose stored value is the value of the dimension; `undefined` when there is none. */
function singlePathOf(side: DocumentSide, dimension: ReportDimension): string | undefined {
  if (COMPOSED[dimension] !== undefined) return undefined;
  if (dimension === 'link') return 'linkId';
  if (side === 'clicks') {
    if (isConversionDimension(dimension) || dimension === 'network' || dimension === 'source') return undefined;
    if (dimension === 'referrer') return 'referrerHost';
    return dimension.startsWith('sub') ? `subs.${dimension}` : dimension;
  }
  if (isConversionDimension(dimension)) return dimension;
  if (dimension === 'network') return 'networkId';
  if (dimension === 'botReason') return undefined;
  return dimension.startsWith('sub') ? `facts.subs.${dimension}` : `facts.${dimension}`;
}
