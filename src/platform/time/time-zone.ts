import { LRUCache } from 'lru-cache';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Zones are at most 14 hours ahead of UTC and 12 behind it; historical zones exceeded that. */
const MAX_OFFSET_MS = 26 * HOUR_MS;
const LAST_DAY = '9999-12-31';
const MAX_ZONES = 600;
const formats = new LRUCache<string, Intl.DateTimeFormat>({ max: MAX_ZONES });

/** Whether this machine's ICU data know the IANA time zone. */
export function isTimezone(name: string): boolean {
  if (!/^[A-Za-z][\w+/-]{0,49}$/.test(name)) return false; // newer ICU also accepts offsets, older ICU does not
  try {
    zoneFormat(name);
    return true;
  } catch {
    return false;
  }
}

/** The time zone that was probably meant: by its city, or by its name in other case. */
export function suggestTimezone(text: string): string | undefined {
  const wanted = plainName(text);
  if (wanted === '') return undefined;
  const names = Intl.supportedValuesOf('timeZone');
  return names.find((name) => plainName(name) === wanted || plainName(name.split('/').at(-1) ?? '') === wanted);
}

function plainName(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9/]/g, '');
}

/** Formats a time as date, hour and minute of a zone. @throws RangeError when there is no such time zone. */
export function zoneFormat(timezone: string): Intl.DateTimeFormat {
  let format = formats.get(timezone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(timezone, format);
  }
  return format;
}

/** The date in that zone. @param at milliseconds since 1970. */
export function dayInZone(at: number, timezone: string): string {
  const parts = Object.fromEntries(
    zoneFormat(timezone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return `${(parts['year'] ?? '').padStart(4, '0')}-${parts['month']}-${parts['day']}`;
}

/**
 * The first moment of a day in a zone. Days may have 23, 24 or 25 hours, some begin at 1:00, and a few were skipped.
 * @param day `2026-11-23`
 */
export function startOfDay(day: string, timezone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  if (timezone === 'UTC') return new Date(midnight);
  const starts = offsetsAround(midnight, timezone)
    .map((offset) => midnight - offset)
    .filter((at) => dayInZone(at, timezone) === day && dayInZone(at - 1, timezone) < day);
  return new Date(starts.length > 0 ? Math.min(...starts) : firstMomentNotBefore(day, midnight, timezone));
}

/** The first moment after a day in a zone. */
export function endOfDay(day: string, timezone: string): Date {
  if (day >= LAST_DAY) return new Date(`${LAST_DAY}T23:59:59.999Z`); // years of five digits are formatted differently
  return startOfDay(new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10), timezone);
}

/** The offsets of local time from UTC around that time, in milliseconds. */
function offsetsAround(at: number, timezone: string): number[] {
  const offsets = [at - MAX_OFFSET_MS, at - HOUR_MS, at, at + HOUR_MS, at + MAX_OFFSET_MS].map((time) => {
    const parts = Object.fromEntries(
      zoneFormat(timezone)
        .formatToParts(time)
        .map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(time / 60_000) * 60_000;
  });
  return [...new Set(offsets)];
}

/** For days without midnight, because of a clock change. */
function firstMomentNotBefore(day: string, midnight: number, timezone: string): number {
  let [before, after] = [midnight - MAX_OFFSET_MS, midnight + MAX_OFFSET_MS];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (dayInZone(middle, timezone) < day) before = middle;
    else after = middle;
  }
  return after;
}
