/** Sums over clicks. */
export const CLICK_MEASURES = ['clicks', 'uniqueClicks', 'botClicks', 'cost'] as const;

/** Sums over conversions. */
export const CONVERSION_MEASURES = [
  'registrations',
  'ftds',
  'deposits',
  'qualified',
  'conversions',
  'approved',
  'pending',
  'rejected',
  'revenue',
  'revenuePending',
  'revenueRejected',
  'medianMsToRegistration',
  'medianMsToFtd',
] as const;

export const MEASURES = [...CLICK_MEASURES, ...CONVERSION_MEASURES] as const;
/** A sum (or, of times, a median) over facts. All metrics are formulas over measures. */
export type Measure = (typeof MEASURES)[number];
export type ClickMeasure = (typeof CLICK_MEASURES)[number];
export type ConversionMeasure = (typeof CONVERSION_MEASURES)[number];

export function isMeasure(name: string): name is Measure {
  return (MEASURES as readonly string[]).includes(name);
}

export function isClickMeasure(measure: Measure): measure is ClickMeasure {
  return (CLICK_MEASURES as readonly string[]).includes(measure);
}

/** Whether a measure is an amount of money. */
export function isAmount(measure: Measure): boolean {
  return measure === 'cost' || measure.startsWith('revenue');
}

const MEDIANS: ReadonlySet<Measure> = new Set(['medianMsToRegistration', 'medianMsToFtd']);

/** Whether the measure of a union of groups is not the sum of the groups' measures. */
export function isMedian(measure: Measure): boolean {
  return MEDIANS.has(measure);
}
