/** A moment as a clock of a time zone shows it. */
export interface LocalTime {
  /** `2026-11-23` */
  day: string;
  hour: number;
  minute: number;
  /** 1 (Monday) to 7. */
  weekday: number;
  /** Milliseconds from 1970-01-01T00:00 of the clock. */
  wallMs: number;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const formats = new Map<string, Intl.DateTimeFormat>();
const known = new Map<string, LocalTime>();

/** Asks `Intl` for each moment, so that it shares nothing with the offset tables of reports. */
export function localTime(at: number, timezone: string): LocalTime {
  const key = `${timezone} ${at}`;
  let time = known.get(key);
  if (time === undefined) known.set(key, (time = readClock(at, timezone)));
  return time;
}

function readClock(at: number, timezone: string): LocalTime {
  const parts = new Map(
    formatOf(timezone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const numberOf = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  const [hour, minute] = [numberOf('hour'), numberOf('minute')];
  const midnight = Date.UTC(numberOf('year'), numberOf('month') - 1, numberOf('day'));
  const ofMinute = ((at % 60_000) + 60_000) % 60_000;
  return {
    day: dateOf(midnight / DAY_MS),
    hour,
    minute,
    weekday: WEEKDAYS.indexOf(parts.get('weekday') ?? '') + 1,
    wallMs: midnight + hour * HOUR_MS + minute * 60_000 + ofMinute,
  };
}

function formatOf(timezone: string): Intl.DateTimeFormat {
  let format = formats.get(timezone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      hourCycle: 'h23',
      weekday: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formats.set(timezone, format);
  }
  return format;
}

/** The moment at which a clock shows a time: the first one where it does twice; where it never does, that of a clock which was not changed. */
export function momentOfWall(wallMs: number, timezone: string): number {
  const offsets = [-26, -3, 0, 3, 26].map((hours) => {
    const at = wallMs + hours * HOUR_MS;
    return localTime(at, timezone).wallMs - at;
  });
  const moments = offsets.map((offset) => wallMs - offset);
  const shown = moments.filter((at) => localTime(at, timezone).wallMs === wallMs);
  return shown.length > 0 ? Math.min(...shown) : Math.max(...moments);
}

/** Days from 1970-01-01 to a date. */
export function daysOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

export function dateOf(days: number): string {
  return new Date(days * DAY_MS).toISOString().slice(0, 10);
}

export function addDays(date: string, days: number): string {
  return dateOf(daysOf(date) + days);
}
