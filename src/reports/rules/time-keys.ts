import type { TimeDimension } from './dimensions.js';
import type { DimensionValue } from './report-question.js';

const DAY_MS = 86_400_000;

// The copy knows time keys as numbers: `hour` as milliseconds since 1970 of its start, `day` and `week` (its Monday) as local
// days since 1970-01-01, `month` as year * 12 + month - 1, `weekday` 1 (Monday) to 7, `hourOfDay` 0 to 23.

/** The key as answers show it: `2026-11-23T10:00:00.000Z`, `2026-11-23`, `2026-11`, or the number. */
export function formatTimeKey(dimension: TimeDimension, key: number): string | number {
  switch (dimension) {
    case 'hour':
      return new Date(key).toISOString();
    case 'day':
    case 'week':
      return new Date(key * DAY_MS).toISOString().slice(0, 10);
    case 'month':
      return `${String(Math.floor(key / 12)).padStart(4, '0')}-${String((key % 12) + 1).padStart(2, '0')}`;
    default:
      return key;
  }
}

/** The key that a filter names; `undefined` when the text is none. A day of a week names its week. */
export function parseTimeKey(dimension: TimeDimension, text: string): DimensionValue | undefined {
  switch (dimension) {
    case 'hour':
      return parseHour(text);
    case 'day':
      return dayNumber(text);
    case 'week': {
      const day = dayNumber(text);
      return day === undefined ? undefined : mondayOf(day);
    }
    case 'month': {
      const day = /^\d{4}-\d\d$/.test(text) ? dayNumber(`${text}-01`) : undefined;
      return day === undefined ? undefined : Number(text.slice(0, 4)) * 12 + Number(text.slice(5)) - 1;
    }
    case 'weekday':
      return /^[1-7]$/.test(text) ? Number(text) : undefined;
    case 'hourOfDay':
      return /^(?:1?\d|2[0-3])$/.test(text) ? Number(text) : undefined;
  }
}

/** Days from 1970-01-01 to a date such as `2026-11-23`; `undefined` when there is no such date. */
export function dayNumber(date: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return undefined;
  const at = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== date) return undefined;
  return at / DAY_MS;
}

/** The Monday of a day's week. 1970-01-01 was a Thursday. */
export function mondayOf(day: number): number {
  return day - ((day + 3) % 7);
}

function parseHour(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d(?::\d\d){0,2}(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text)) return undefined;
  if (dayNumber(text.slice(0, 10)) === undefined) return undefined; // `Date` makes 30 February 2 March
  const at = Date.parse(/T\d\d(?:Z|[+-])/.test(text) ? text.replace(/T(\d\d)/, 'T$1:00') : text);
  return Number.isNaN(at) ? undefined : at;
}
