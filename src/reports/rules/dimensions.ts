/** Dimensions whose value is a column of clicks and of conversions. */
const FACT_DIMENSIONS = [
  'link',
  'source',
  'sub1',
  'sub2',
  'sub3',
  'sub4',
  'sub5',
  'sub6',
  'sub7',
  'sub8',
  'sub9',
  'sub10',
  'rule',
  'variant',
  'country',
  'region',
  'city',
  'asn',
  'device',
  'os',
  'browser',
  'inApp',
  'language',
  'referrer',
  'botReason',
] as const;
/** Dimensions that the link decides when the question is asked: a renamed campaign rewrites nothing. */
const LINK_DIMENSIONS = ['domain', 'campaign', 'tag', 'network'] as const;
/** Dimensions of conversions. Clicks have none of them. */
const CONVERSION_DIMENSIONS = ['eventType', 'status'] as const;
export const TIME_DIMENSIONS = ['hour', 'day', 'week', 'month', 'weekday', 'hourOfDay'] as const;

/** Everything that reports group and filter by, in the order of the documentation. */
export const REPORT_DIMENSIONS = [
  ...FACT_DIMENSIONS,
  ...LINK_DIMENSIONS,
  ...CONVERSION_DIMENSIONS,
  ...TIME_DIMENSIONS,
] as const;

export type FactDimension = (typeof FACT_DIMENSIONS)[number];
export type LinkDimension = (typeof LINK_DIMENSIONS)[number];
export type ConversionDimension = (typeof CONVERSION_DIMENSIONS)[number];
export type TimeDimension = (typeof TIME_DIMENSIONS)[number];
export type ReportDimension = (typeof REPORT_DIMENSIONS)[number];

/** Dimensions whose values are ids or codes of a fixed list, so that "contains" makes no sense. */
const NOT_TEXT: ReadonlySet<ReportDimension> = new Set([
  'link',
  'network',
  'asn',
  'eventType',
  'status',
  'botReason',
  ...TIME_DIMENSIONS,
]);
const NUMBERS: ReadonlySet<ReportDimension> = new Set(['asn', 'weekday', 'hourOfDay']);

export function isReportDimension(name: string): name is ReportDimension {
  return (REPORT_DIMENSIONS as readonly string[]).includes(name);
}

export function isTimeDimension(dimension: ReportDimension): dimension is TimeDimension {
  return (TIME_DIMENSIONS as readonly string[]).includes(dimension);
}

export function isLinkDimension(dimension: ReportDimension): dimension is LinkDimension {
  return (LINK_DIMENSIONS as readonly string[]).includes(dimension);
}

export function isConversionDimension(dimension: ReportDimension): dimension is ConversionDimension {
  return (CONVERSION_DIMENSIONS as readonly string[]).includes(dimension);
}

/** Whether `~text` can filter it. */
export function isTextDimension(dimension: ReportDimension): boolean {
  return !NOT_TEXT.has(dimension);
}

/** Whether its values are whole numbers: `asn`, `weekday` (1 is Monday) and `hourOfDay` (0 to 23). */
export function isNumberDimension(dimension: ReportDimension): boolean {
  return NUMBERS.has(dimension);
}
