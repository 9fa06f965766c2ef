import { dayInZone, endOfDay, startOfDay } from '../../platform/time/time-zone.js';
import { mondayOf } from './time-keys.js';
import type { ComparedPeriod, ReportPeriod } from './report-question.js';
import { offsetAt, zoneOffsets } from './zone-offsets.js';

const DAY_MS = 86_400_000;
/** Local days are counted from 1970-01-01; two days later, no zone's local time is before it. */
export const EARLIEST_MS = 2 * DAY_MS;

/** The period from one moment (inclusive) to another (exclusive), both in milliseconds since 1970. */
export function toPeriod(from: number, to: number, timezone: string): ReportPeriod {
  const start = Math.max(from, EARLIEST_MS);
  const end = Math.max(to, start);
  return { from: start, to: end, offsets: zoneOffsets(timezone, start, end) };
}

/** The period that a question is compared with. */
export type Comparison = { kind: 'previous' | 'year' } | { kind: 'range'; from: number; to: number };

/**
 * The compared period. Both have the same local times of day, so that "today until now" is compared with yesterday until the
 * same hour. With `matchWeekday` both begin on the same day of the week.
 */
export function comparedPeriod(
  period: ReportPeriod,
  comparison: Comparison,
  { timezone, matchWeekday }: { timezone: string; matchWeekday: boolean },
): ComparedPeriod {
  const first = localDayOf(period.from, timezone);
  if (comparison.kind === 'range') {
    const from = Math.max(comparison.from, EARLIEST_MS);
    const days = first - localDayOf(from, timezone);
    const shiftDays = matchWeekday ? toWeeks(days) : days;
    const back = shiftDays - days;
    return {
      ...toPeriod(startBefore(from, back, timezone), endBefore(comparison.to, back, timezone), timezone),
      shiftDays,
    };
  }
  const shiftDays =
    comparison.kind === 'year' ? yearBefore(first, matchWeekday) : lengthOf(period, { timezone, matchWeekday });
  const [from, to] = [startBefore(period.from, shiftDays, timezone), endBefore(period.to, shiftDays, timezone)];
  return { ...toPeriod(from, to, timezone), shiftDays };
}

/** Days from the same day of last year, or from that day of its week. */
function yearBefore(first: number, matchWeekday: boolean): number {
  const days = first - sameDayLastYear(first);
  return matchWeekday ? toWeeks(days) : days;
}

/** The local days that a period touches, or the weeks that have as many. The period before it does not overlap with it. */
function lengthOf(
  { from, to }: ReportPeriod,
  { timezone, matchWeekday }: { timezone: string; matchWeekday: boolean },
): number {
  const days = localDayOf(Math.max(from, to - 1), timezone) - localDayOf(from, timezone) + 1;
  return matchWeekday ? Math.ceil(days / 7) * 7 : days;
}

/** Whole weeks: about a year is 52 of them, and of fewer days at least as many, so that periods do not begin to overlap. */
function toWeeks(days: number): number {
  const weeks = days > 300 ? Math.floor(days / 7) : Math.ceil(days / 7);
  return weeks * 7;
}

/** 29 February is compared with the 28th. */
function sameDayLastYear(day: number): number {
  const date = new Date(day * DAY_MS);
  const [year, month] = [date.getUTCFullYear() - 1, date.getUTCMonth()];
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastOfMonth)) / DAY_MS;
}

function localOf(at: number, timezone: string): number {
  return at + offsetAt(at, timezone);
}

function localDayOf(at: number, timezone: string): number {
  return Math.floor(localOf(at, timezone) / DAY_MS);
}

/** The same local time days before. The beginning of a day stays one, also of a day that begins at 1:00. */
function startBefore(at: number, days: number, timezone: string): number {
  const day = dayInZone(at, timezone);
  if (startOfDay(day, timezone).getTime() === at) return startOfDay(dayBefore(day, days), timezone).getTime();
  return atLocal(localOf(at, timezone) - days * DAY_MS, timezone);
}

/** Like `startBefore`, of the end of a period: the end of a day stays one. */
function endBefore(at: number, days: number, timezone: string): number {
  const day = dayInZone(at - 1, timezone);
  if (endOfDay(day, timezone).getTime() === at) return endOfDay(dayBefore(day, days), timezone).getTime();
  return atLocal(localOf(at, timezone) - days * DAY_MS, timezone);
}

function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10);
}

/** The moment of a local time (milliseconds of it since 1970). Of a time that a zone had twice, the first one. */
function atLocal(local: number, timezone: string): number {
  const day = new Date(Math.floor(local / DAY_MS) * DAY_MS).toISOString().slice(0, 10);
  const midnight = startOfDay(day, timezone).getTime();
  const wanted = local - Math.floor(local / DAY_MS) * DAY_MS;
  if (wanted === 0) return midnight;
  const candidates = [
    ...new Set([offsetAt(midnight, timezone), offsetAt(endOfDay(day, timezone).getTime() - 1, timezone)]),
  ]
    .map((offset) => local - offset)
    .sort((a, b) => a - b);
  // On a day without that local time, the moment by the offset before the change.
  return candidates.find((at) => localOf(at, timezone) === local) ?? candidates.at(-1) ?? local;
}

/** The start of each bucket that a period touches, as keys of the copy, with the moments in which it begins and ends. */
export interface Bucket {
  /** Local days since 1970, or milliseconds since 1970 for hours; see time-keys.ts. */
  key: number;
  start: number;
  end: number;
}

export const INTERVALS = ['hour', 'day', 'week', 'month'] as const;
export type Interval = (typeof INTERVALS)[number];

/** All buckets of a period, in order and without gaps. A day that a zone skipped has none. */
export function bucketsOf(period: ReportPeriod, interval: Interval, timezone: string): Bucket[] {
  if (period.to <= period.from) return [];
  return interval === 'hour' ? hoursOf(period) : daysOf(period, interval, timezone);
}

const HOUR_MS = 3_600_000;

/** Hours of the clock. One in which the clock changes by half an hour has two buckets. */
function hoursOf({ from, to, offsets }: ReportPeriod): Bucket[] {
  const buckets: Bucket[] = [];
  for (let at = from; at < to; at = buckets.at(-1)?.end ?? to) {
    const i = offsets.findLastIndex((one) => one.from <= at);
    const changedAt = i > 0 ? (offsets[i]?.from ?? 0) : 0;
    const key = at - ((at + (offsets[i]?.offset ?? 0)) % HOUR_MS);
    const end = Math.min(key + HOUR_MS, offsets[i + 1]?.from ?? Infinity);
    buckets.push({ key, start: Math.max(key, changedAt), end });
  }
  return buckets;
}

function daysOf(period: ReportPeriod, interval: 'day' | 'week' | 'month', timezone: string): Bucket[] {
  const buckets: Bucket[] = [];
  const lastDay = localDayOf(period.to - 1, timezone);
  for (let day = firstDayOf(localDayOf(period.from, timezone), interval); day <= lastDay;) {
    const next = nextDay(day, interval);
    const [start, end] = [startOf(day, timezone), startOf(next, timezone)];
    if (end > start) buckets.push({ key: interval === 'month' ? monthOf(day) : day, start, end });
    day = next;
  }
  return buckets;
}

function startOf(day: number, timezone: string): number {
  return startOfDay(dateOf(day).toISOString().slice(0, 10), timezone).getTime();
}

function firstDayOf(day: number, interval: 'day' | 'week' | 'month'): number {
  if (interval === 'week') return mondayOf(day);
  return interval === 'month' ? day - dateOf(day).getUTCDate() + 1 : day;
}

function nextDay(day: number, interval: 'day' | 'week' | 'month'): number {
  if (interval === 'day') return day + 1;
  if (interval === 'week') return day + 7;
  const date = dateOf(day);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / DAY_MS;
}

function monthOf(day: number): number {
  const date = dateOf(day);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function dateOf(day: number): Date {
  return new Date(day * DAY_MS);
}
