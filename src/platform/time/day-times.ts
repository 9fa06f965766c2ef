import { parseTime } from './parse-time.js';
import { endOfDay, startOfDay } from './time-zone.js';

/**
 * The day that a text names without a time of day, as `2026-11-23`; `undefined` for a moment, and for what is no time.
 * Everything that `parseTime` reads is understood.
 */
export function dateOnly(text: string): string | undefined {
  const trimmed = text.trim();
  if (/:|\dT\d|\dZ$|\d ?[ap]m\b/i.test(trimmed)) return undefined; // it has a time of day, or a zone
  if (/^-?\d+$/.test(trimmed) && trimmed.length !== 8) return undefined; // Unix time, or a compact one with hours
  const time = parseTime(text);
  const isMidnight = time !== undefined && time.getTime() % 86_400_000 === 0;
  const day = isMidnight ? time.toISOString() : '';
  return /^\d{4}-/.test(day) ? day.slice(0, 10) : undefined;
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
