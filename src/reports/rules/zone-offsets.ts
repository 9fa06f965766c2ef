import { zoneFormat } from '../../platform/time/time-zone.js';
import type { ZoneOffset } from './report-question.js';

const QUARTER_MS = 15 * 60_000;
/** Zones change at most a few times a year; no zone changes twice within this time and back. */
const STEP_MS = 7 * 86_400_000;

/**
 * The offsets of a time zone from `from` until `to`, both in milliseconds since 1970. A report adds the offset to a time
 * and divides by a day: exact for every zone, also on days of 23 and 25 hours, without a calendar function for each row.
 * @throws RangeError when there is no such time zone.
 */
export function zoneOffsets(timezone: string, from: number, to: number): ZoneOffset[] {
  const offsets: ZoneOffset[] = [{ from, offset: offsetAt(from, timezone) }];
  for (let start = from; start < to; start += STEP_MS) {
    addChanges(offsets, timezone, start, Math.min(start + STEP_MS, to));
  }
  return offsets;
}

/** Milliseconds that local time is ahead of UTC at a moment (milliseconds since 1970). */
export function offsetAt(at: number, timezone: string): number {
  if (timezone === 'UTC') return 0;
  const parts: Record<string, number> = {};
  for (const { type, value } of zoneFormat(timezone).formatToParts(at)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at / 60_000) * 60_000;
}

/** Adds the changes after `start` and up to `end`, found by halving. */
function addChanges(offsets: ZoneOffset[], timezone: string, start: number, end: number): void {
  const last = offsets.at(-1)?.offset;
  const atEnd = offsetAt(end, timezone);
  if (atEnd === last) return;
  let [before, after] = [start, end];
  while (after - before > 1) {
    // Changes happen at whole minutes; halving by quarter hours first keeps the steps few.
    const middle = middleOf(before, after);
    if (offsetAt(middle, timezone) === last) before = middle;
    else after = middle;
  }
  offsets.push({ from: after, offset: offsetAt(after, timezone) });
  if (after < end) addChanges(offsets, timezone, after, end);
}

function middleOf(before: number, after: number): number {
  const middle = Math.floor((before + after) / 2);
  if (after - before <= 2 * QUARTER_MS) return middle;
  return Math.floor(middle / QUARTER_MS) * QUARTER_MS;
}
