import type { ReportDimension } from './dimensions.js';

/**
 * Texts that the copy stores as whole numbers (`text-numbers.ts` has the texts): to group by several of them takes half of
 * the time, and a filter compares numbers. There are few of each, and none tells who clicked. Sub ids, sources and referrers
 * may be as many as clicks, and may name a person: they stay texts, and go with their rows.
 */
export const NUMBERED_FIELDS = [
  'workspace',
  'link',
  'network',
  'event_type',
  'status',
  'currency',
  'bot_reason',
  'country',
  'region',
  'city',
  'device',
  'os',
  'browser',
  'in_app',
  'language',
  'rule',
  'variant',
] as const;
export type NumberedField = (typeof NUMBERED_FIELDS)[number];

/** The number of facts without a text. */
export const NO_TEXT = 0;

export function isNumberedField(column: string): column is NumberedField {
  return (NUMBERED_FIELDS as readonly string[]).includes(column);
}

/** The column of a dimension in the copy's tables. */
export function columnOf(dimension: ReportDimension): string {
  switch (dimension) {
    case 'inApp':
      return 'in_app';
    case 'botReason':
      return 'bot_reason';
    case 'eventType':
      return 'event_type';
    case 'domain':
      return 'hostname';
    default:
      return dimension;
  }
}

/** The field of a dimension whose values are numbered. */
export function numberedFieldOf(dimension: ReportDimension): NumberedField | undefined {
  const column = columnOf(dimension);
  return isNumberedField(column) ? column : undefined;
}
