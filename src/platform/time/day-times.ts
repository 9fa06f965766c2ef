import { parseTime } from './parse-time.js';
import { readTime } from './read-time.js';
import { endOfDay, startOfDay } from './time-zone.js';

/** The day of a text without a time of day, as `2026-11-23`; `undefined` for other texts. */
export function dateOnly(text: string): string | undefined {
  const reading = readTime(text);
  return reading.kind === 'value' && reading.isDate ? reading.time.toISOString().slice(0, 10) : undefined;
}

/** Like `parseTime`, but a date alone is the beginning of that day in the zone. */
export function parseStart(text: string, timezone: string): Date | undefined {
  const day = dateOnly(text);
  return day === undefined ? parseTime(text) : startOfDay(day, timezone);
}

/** Like `parseTime`, but a date alone is the end of that day in the zone: the first moment after it. */
export function parseEnd(text: string, timezone: string): Date | undefined {
  const day = dateOnly(text);
  return day === undefined ? parseTime(text) : endOfDay(day, timezone);
}
