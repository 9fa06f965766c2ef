import { LRUCache } from 'lru-cache';

/** What a clock and a calendar on the wall show. */
export interface LocalTime {
  /** 1 is Monday, 7 is Sunday (ISO 8601). */
  weekday: number;
  /** Minutes since midnight. */
  minute: number;
  /** `2026-11-23` */
  date: string;
}

const MAX_ZONES = 600;
const formats = new LRUCache<string, Intl.DateTimeFormat>({ max: MAX_ZONES });

export function isTimezone(name: string): boolean {
  if (!/^[A-Za-z][\w+/-]{0,49}$/.test(name)) return false; // newer ICU takes offsets too, which older does not
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param at milliseconds since 1970.
 * @param timezone IANA name.
 * @throws RangeError when there is no such time zone.
 */
export function localTime(at: number, timezone: string): LocalTime {
  const parts = Object.fromEntries(
    formatOf(timezone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const date = `${(parts['year'] ?? '').padStart(4, '0')}-${parts['month']}-${parts['day']}`;
  const day = new Date(`${date}T00:00:00Z`).getUTCDay();
  return { weekday: day === 0 ? 7 : day, minute: Number(parts['hour']) * 60 + Number(parts['minute']), date };
}

function formatOf(timezone: string): Intl.DateTimeFormat {
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
