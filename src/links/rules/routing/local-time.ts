import { zoneFormat } from '../../../platform/time/time-zone.js';

/** The local weekday, time and date. */
export interface LocalTime {
  /** 1 is Monday, 7 is Sunday (ISO 8601). */
  weekday: number;
  /** Minutes since midnight. */
  minute: number;
  /** `2026-11-23` */
  date: string;
}

/**
 * @param at milliseconds since 1970.
 * @param timezone IANA name.
 * @throws RangeError for an unknown time zone.
 */
export function localTime(at: number, timezone: string): LocalTime {
  const parts = Object.fromEntries(
    zoneFormat(timezone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const date = `${(parts['year'] ?? '').padStart(4, '0')}-${parts['month']}-${parts['day']}`;
  const day = new Date(`${date}T00:00:00Z`).getUTCDay();
  return { weekday: day === 0 ? 7 : day, minute: Number(parts['hour']) * 60 + Number(parts['minute']), date };
}
