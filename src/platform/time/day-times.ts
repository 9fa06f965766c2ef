import { parseTime } from './parse-time.js';
import { readTime } from './read-time.js';
import { endOfDay, startOfDay } from './time-zone.js';

/** The day that a text names without a time of day, as `2026-11-23`; `undefined` for a moment, and for what is not a time. */
export function dateOnly(text: string): string | undefined {
  const reading = readTime(text);
  return reading.kind === 'value' && reading.isDate ? reading.time.toISOString().slice(0, 10) : undefined;
}

/** A moment as `parseTime` reads it; a date alone is the beginning of that day in the zone. */
export function parseStart(text: string, timezone: string): Date | undefined {
  const day = dateOnly(text);
  return day === undefined ? parseTime(text) : startOfDay(day, timezone);
}

/** A moment as `parseTime` reads it; a date alone is the end of that day in the zone: the first moment after it. */
export function parseEnd(text: string, timezone: string): Date | undefined {
  const day = dateOnly(text);
  return day === undefined ? parseTime(text) : endOfDay(day, timezone);
}
