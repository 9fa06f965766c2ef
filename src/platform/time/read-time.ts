import { isNoValue } from '../text/no-value.js';
import { plainText, unquoted } from '../text/plain-text.js';

// Times as people and programs write them. Start here; parse-time.ts is the simple form, time-zone.ts has days in a zone,
// and time-range.ts the ranges of lists and exports.

/** Which of day and month comes first in dates such as `03/04/2026`. */
export type DateOrder = 'day_first' | 'month_first';

export type TimeReading =
  | { kind: 'absent' }
  /** `isDate`: a day without a time. `isZoned`: the text names a zone; if not, it was read as UTC. */
  | { kind: 'value'; time: Date; isDate: boolean; isZoned: boolean }
  /** `ambiguous`: the order of day and month is not known. */
  | { kind: 'unreadable'; reason: 'not_a_time' | 'ambiguous' };

const MAX_CHARS = 64;
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** The names of RFC 2822 (section 4.3) and the usual ones of Europe. Other names are shared by several zones. */
const ZONES: Readonly<Record<string, number>> = {
  ...offsets(0, 'z ut utc gmt wet'),
  ...offsets(-300, 'est cdt'),
  ...offsets(-240, 'edt'),
  ...offsets(-360, 'cst mdt'),
  ...offsets(-420, 'mst pdt'),
  ...offsets(-480, 'pst'),
  ...offsets(60, 'cet'),
  ...offsets(120, 'cest eet'),
  ...offsets(180, 'eest msk'),
};

function offsets(minutes: number, zones: string): Record<string, number> {
  return Object.fromEntries(zones.split(' ').map((zone) => [zone, minutes]));
}

/** Texts that mean "no time": the zero dates of databases, and 0 seconds. */
const ZERO =
  /^(?:0+|0000-00-00(?:[t ]00:00(?::00)?(?:\.0+)?)?z?|0001-01-01(?:[t ]00:00(?::00)?(?:\.0+)?)?z?|1970-01-01[t ]00:00:00(?:\.0+)?(?:z|\+00:00)?)$/i;

/**
 * Reads a point in time as people and programs write it: Unix time in seconds to nanoseconds; ISO 8601, also compact, with slashes
 * or dots, with a space for `T` or for the zone's `+` (a raw `+` in a query arrives as a space); RFC 2822 and the output of
 * JavaScript; month names; `AM` and `PM`. Without a zone it is UTC. An ambiguous order of day and month is not guessed.
 * @param order which of day and month comes first, when other rows of the file have shown it.
 */
export function readTime(text: string, order?: DateOrder): TimeReading {
  if (text.length > MAX_CHARS) return NOT_A_TIME;
  if (isNoValue(text)) return { kind: 'absent' };
  const plain = unquoted(plainText(text)).replaceAll(/\s+/g, ' ');
  if (ZERO.test(plain)) return { kind: 'absent' };
  const unix = unixTime(plain);
  if (unix !== undefined) return unix;
  const asctime = /^(.*?)(\d{1,2}:\d{2}:\d{2}) (\d{4})$/.exec(plain);
  const [, date = '', clock = ''] =
    (asctime ? [plain, `${asctime[1]}${asctime[3]}`, asctime[2]] : SPLIT.exec(plain)) ?? [];
  const compact = /^(\d{4})(\d{2})(\d{2})(?:[t ]?(\d{2})(\d{2})(\d{2})?(?:[.,](\d+))?)?(.*)$/i.exec(plain);
  if (compact && (clock === '' || compact[4] !== undefined)) return fromCompact(compact);
  const day = readDay(date.trim(), order);
  if (day === undefined) return NOT_A_TIME;
  if (day === 'ambiguous') return { kind: 'unreadable', reason: 'ambiguous' };
  return clock === '' ? toReading(day, NO_CLOCK, undefined) : withClock(day, clock);
}

/** Which of day and month comes first in this date; `undefined` when that is ambiguous, or it is another kind of date. */
export function certainDateOrder(text: string): DateOrder | undefined {
  const [, first, second] = /^(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}(?!\d)/.exec(plainText(unquoted(text))) ?? [];
  if (first === undefined || second === undefined) return undefined;
  if (Number(first) > 12 && Number(second) <= 12) return 'day_first';
  return Number(second) > 12 && Number(first) <= 12 ? 'month_first' : undefined;
}

const NOT_A_TIME: TimeReading = { kind: 'unreadable', reason: 'not_a_time' };

/** The date, and from its first `hh:mm` on the clock with its zone. */
const SPLIT = /^(.*?)(?:(?:^|[t,]|\s|\bat\b)\s*(\d{1,2}:\d{2}.*))?$/is;

interface Day {
  year: number;
  /** From 1. */
  month: number;
  day: number;
}

interface Clock {
  hours: number;
  minutes: number;
  seconds: number;
  ms: number;
}

const NO_CLOCK: Clock = { hours: 0, minutes: 0, seconds: 0, ms: 0 };

/** 10 digits are seconds until 2286; three more each are milli-, micro- and nanoseconds. */
function unixTime(text: string): TimeReading | undefined {
  const [, digits, fraction = ''] = /^(\d{10}|\d{13}|\d{16}|\d{19})(?:[.,](\d{1,9}))?$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const unit = 10 ** (digits.length - 13);
  const ms =
    digits.length === 10
      ? Number(digits) * 1000 + Math.trunc(Number(`0.${fraction || 0}`) * 1000)
      : Math.trunc(Number(digits) / unit);
  return { kind: 'value', time: new Date(ms), isDate: false, isZoned: true };
}

function fromCompact(match: RegExpExecArray): TimeReading {
  const [, year, month, day, hours, minutes, seconds, fraction, zone = ''] = match;
  const date = checkedDay(Number(year), Number(month), Number(day));
  const offset = readZone(zone);
  if (date === undefined || offset === 'unreadable') return NOT_A_TIME;
  if (hours === undefined) return zone === '' ? toReading(date, NO_CLOCK, undefined) : NOT_A_TIME;
  const clock = checkedClock(Number(hours), Number(minutes), Number(seconds ?? 0), fraction);
  return clock === undefined ? NOT_A_TIME : toReading(date, clock, offset);
}

function readDay(text: string, order: DateOrder | undefined): Day | 'ambiguous' | undefined {
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (compact) return checkedDay(Number(compact[1]), Number(compact[2]), Number(compact[3]));
  const yearFirst = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(text);
  if (yearFirst) return checkedDay(Number(yearFirst[1]), Number(yearFirst[3]), Number(yearFirst[4]));
  const yearLast = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/.exec(text);
  if (yearLast) return dayOrMonthFirst(Number(yearLast[1]), Number(yearLast[3]), Number(yearLast[4]), order);
  return dayWithMonthName(text);
}

/** Exactly one of both orders must give a date; `03.03.2026` gives the same date in both. */
function dayOrMonthFirst(
  first: number,
  second: number,
  year: number,
  order: DateOrder | undefined,
): Day | 'ambiguous' | undefined {
  const dayFirst = checkedDay(year, second, first);
  const monthFirst = checkedDay(year, first, second);
  if (order !== undefined) return order === 'day_first' ? dayFirst : monthFirst;
  if (dayFirst && monthFirst && first !== second) return 'ambiguous';
  return dayFirst ?? monthFirst;
}

/** `Thu, 01 Jan 2026`, `1-Jan-2026`, `January 1st, 2026`, `Thu Jan 01 2026`. */
function dayWithMonthName(text: string): Day | undefined {
  const parts = text
    .toLowerCase()
    .replace(/^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+/, '')
    .split(/[\s,.\-/]+/)
    .filter((part) => part !== '');
  if (parts.length !== 3) return undefined;
  const name = parts.findIndex((part) => /^[a-z]/.test(part));
  const month = MONTHS.findIndex((known) => isMonth(parts[name] ?? '', known)) + 1;
  const year = parts.find((part) => /^\d{4}$/.test(part));
  const day = parts.find((part) => /^\d{1,2}(?:st|nd|rd|th)?$/.test(part));
  if (month === 0 || year === undefined || day === undefined) return undefined;
  return checkedDay(Number(year), month, Number.parseInt(day, 10));
}

const MONTH_NAMES = 'january february march april may june july august september october november december'.split(' ');

function isMonth(word: string, short: string): boolean {
  return word.startsWith(short) && (MONTH_NAMES.some((name) => name.startsWith(word)) || word === 'sept');
}

function withClock(day: Day, text: string): TimeReading {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,:](\d{1,9}))?)?\s*([ap])?\.?(?:m\.?)?(.*)$/is.exec(text);
  if (!match) return NOT_A_TIME;
  const [, hourText, minutes, seconds, fraction, half, behind = ''] = match as unknown as (string | undefined)[];
  const hours = Number(hourText);
  if (half !== undefined && (hours < 1 || hours > 12)) return NOT_A_TIME;
  const ofDay = half === undefined ? hours : (hours % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  const clock = checkedClock(ofDay, Number(minutes), Number(seconds ?? 0), fraction);
  // JavaScript writes the zone's name in brackets.
  const offset = readZone(behind.replace(/\([^()]*\)\s*$/, ''));
  return clock === undefined || offset === 'unreadable' ? NOT_A_TIME : toReading(day, clock, offset);
}

/** Minutes east of UTC; `undefined` when no zone is named. */
function readZone(text: string): number | undefined | 'unreadable' {
  const zone = text.trim().toLowerCase();
  if (zone === '') return undefined;
  if (Object.hasOwn(ZONES, zone)) return ZONES[zone];
  // A `+` may have become a space: ` 02:00`.
  const match = /^(?:utc|gmt)?\s*([+-]?)\s*(\d{1,2})(?::?(\d{2}))?$/.exec(zone);
  if (!match) return 'unreadable';
  const [, sign, hours, minutes = '0'] = match;
  const offset = Number(hours) * 60 + Number(minutes);
  if (offset > 14 * 60 + 45 || Number(minutes) > 59) return 'unreadable';
  return sign === '-' ? -offset : offset;
}

function checkedDay(year: number, month: number, day: number): Day | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isDay = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isDay && year >= 1000 ? { year, month, day } : undefined;
}

function checkedClock(hours: number, minutes: number, seconds: number, fraction = ''): Clock | undefined {
  if (hours > 23 || minutes > 59 || seconds > 60) return undefined;
  return { hours, minutes, seconds: Math.min(seconds, 59), ms: Math.trunc(Number(`0.${fraction || 0}`) * 1000) };
}

function toReading({ year, month, day }: Day, clock: Clock, offset: number | undefined): TimeReading {
  const { hours, minutes, seconds, ms } = clock;
  const time = Date.UTC(year, month - 1, day, hours, minutes, seconds, ms) - (offset ?? 0) * 60_000;
  return { kind: 'value', time: new Date(time), isDate: clock === NO_CLOCK, isZoned: offset !== undefined };
}
