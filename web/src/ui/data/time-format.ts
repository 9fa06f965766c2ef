const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone} ${JSON.stringify(options)}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', ...options });
  formats.set(key, format);
  return format;
}

/** `14:02:51`, or with milliseconds `14:02:51.204`. */
export function formatClock(at: Date, timeZone: string, { hasMs = false, hasSeconds = true } = {}): string {
  return formatOf(timeZone, {
    hour: '2-digit',
    minute: '2-digit',
    ...(hasSeconds && { second: '2-digit' }),
    ...(hasMs && { fractionalSecondDigits: 3 }),
  }).format(at);
}

/** `Fri 27 Nov`, with the year if it is not that of `now`. */
export function formatDay(at: Date, timeZone: string, now = new Date()): string {
  const year = formatOf(timeZone, { year: 'numeric' });
  const isThisYear = year.format(at) === year.format(now);
  const parts = formatOf(timeZone, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(!isThisYear && { year: 'numeric' }),
  });
  return parts.format(at).replace(',', '');
}

/** The day in ISO form, `2026-11-27`, in a time zone. */
export function isoDay(at: Date, timeZone: string): string {
  return formatOf(timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' })
    .formatToParts(at)
    .reduce((text, { type, value }) => text.replace(type, value), 'year-month-day');
}

/** Under a minute "13 s ago", the same day the clock time, else day and clock time. */
export function formatWhen(at: Date, timeZone: string, now = new Date()): string {
  const age = now.getTime() - at.getTime();
  if (age >= 0 && age < MINUTE_MS) return `${Math.floor(age / SECOND_MS)} s ago`;
  if (isoDay(at, timeZone) === isoDay(now, timeZone)) return formatClock(at, timeZone);
  return `${formatDay(at, timeZone, now)}, ${formatClock(at, timeZone, { hasSeconds: false })}`;
}

/** A span with two units at most: `1 day 16 h`, `5 min 37 s`, `340 ms`. */
export function formatSpan(ms: number): string {
  if (ms < SECOND_MS) return `${Math.round(ms)} ms`;
  const days = Math.floor(ms / DAY_MS);
  const hours = Math.floor((ms % DAY_MS) / HOUR_MS);
  const minutes = Math.floor((ms % HOUR_MS) / MINUTE_MS);
  const seconds = Math.floor((ms % MINUTE_MS) / SECOND_MS);
  if (days > 0) return join(`${days} ${days === 1 ? 'day' : 'days'}`, hours, 'h');
  if (hours > 0) return join(`${hours} h`, minutes, 'min');
  if (minutes > 0) return join(`${minutes} min`, seconds, 's');
  return `${seconds} s`;
}

function join(first: string, second: number, unit: string): string {
  return second === 0 ? first : `${first} ${second} ${unit}`;
}

/** The offset of a zone at a time: `UTC+1`. */
export function formatOffset(at: Date, timeZone: string): string {
  const parts = formatOf(timeZone, { timeZoneName: 'shortOffset' }).formatToParts(at);
  return (parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC').replace('GMT', 'UTC');
}
