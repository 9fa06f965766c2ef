import { currencyMeaning, isCurrencyCode } from '../../platform/money/currency-names.js';
import { BASE_CURRENCY } from './rate-days.js';

const MONTHS = 'january february march april may june july august september october november december'.split(' ');

/**
 * Whether a table can have a rate of this currency: any code of 2 to 10 capital letters, except the base, whose rate is 1. A
 * name of another code, such as `EURO`, is refused.
 */
export function isRatedCurrency(code: string): boolean {
  if (code === BASE_CURRENCY || !isCurrencyCode(code) || code !== code.toUpperCase()) return false;
  const meaning = currencyMeaning(code);
  return meaning?.kind === 'exact' && meaning.code === code;
}

/** Whether a text is a positive decimal with at most twelve digits on either side of the point. */
export function isRate(text: string): boolean {
  return /^\d{1,12}(?:\.\d{1,12})?$/.test(text) && /[1-9]/.test(text);
}

/** Parses `2026-11-20`, or `20 November 2026` as in the ECB's daily file; `undefined` if it is not a calendar day. */
export function parseDay(text: string): string | undefined {
  const [, date, monthName, year] = /^(\d{1,2}) ([A-Za-z]+) (\d{4})$/.exec(text) ?? [];
  const month = MONTHS.indexOf((monthName ?? '').toLowerCase()) + 1;
  const iso = month > 0 ? `${year}-${String(month).padStart(2, '0')}-${(date ?? '').padStart(2, '0')}` : text;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return undefined;
  const time = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(time.getTime()) || !time.toISOString().startsWith(iso) ? undefined : iso;
}

export const DAY_MESSAGE = 'a date such as 2026-11-20 is expected';

/** Whether a value is a day in the form `2026-11-20`. */
export function isDay(value: unknown): value is string {
  return typeof value === 'string' && /^\d/.test(value) && parseDay(value) === value;
}
