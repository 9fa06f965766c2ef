import { isoDay } from '../data/time-format';

export const PERIOD_NAMES = ['today', 'yesterday', '7d', '30d', 'month', 'all'] as const;
export type PeriodName = (typeof PERIOD_NAMES)[number];

/** Days as `2026-11-27`, both included, in the zone of the workspace. */
export interface DayRange {
  from: string;
  to: string;
}

/** The period of a page, as its URL holds it: a name, or two days. */
export interface PeriodSearch {
  period?: PeriodName | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Reads the period from the URL; drops what is no period. */
export function parsePeriodSearch(search: Record<string, unknown>): PeriodSearch {
  const { period, from, to } = search;
  const name = PERIOD_NAMES.find((each) => each === period);
  if (name !== undefined) return { period: name };
  if (isDay(from) && isDay(to) && from <= to) return { from, to };
  return {};
}

function isDay(value: unknown): value is string {
  return typeof value === 'string' && DAY.test(value) && !Number.isNaN(Date.parse(value));
}

/** The days of a period; null for all time. */
export function rangeOf(
  search: PeriodSearch,
  fallback: PeriodName,
  timeZone: string,
  now = new Date(),
): DayRange | null {
  if (search.from !== undefined && search.to !== undefined) return { from: search.from, to: search.to };
  const today = isoDay(now, timeZone);
  switch (search.period ?? fallback) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case '7d':
      return { from: addDays(today, -6), to: today };
    case '30d':
      return { from: addDays(today, -29), to: today };
    case 'month':
      return { from: `${today.slice(0, 7)}-01`, to: today };
    case 'all':
      return null;
  }
}

/** The period of the same length before (`-1`) or after (`1`). Null where there is none: all time, and the future. */
export function shiftRange(
  range: DayRange | null,
  direction: -1 | 1,
  timeZone: string,
  now = new Date(),
): DayRange | null {
  if (range === null) return null;
  const length = daysBetween(range.from, range.to) + 1;
  const shifted = { from: addDays(range.from, direction * length), to: addDays(range.to, direction * length) };
  return shifted.from > isoDay(now, timeZone) ? null : shifted;
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}
