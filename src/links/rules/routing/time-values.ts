import type { LocalTime } from './local-time.js';

export type TimeTest = (now: LocalTime) => boolean;

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const DAY_MINUTES = 24 * 60;

/** `mon`, `Monday`, `1` (ISO 8601: Monday), or a span that may include the end of the week: `fri-mon`. */
export function weekdayTest(value: string): TimeTest | undefined {
  const [from, to, ...more] = value.split('-').map(dayNumber);
  if (from === undefined || more.length > 0) return undefined;
  if (!value.includes('-')) return ({ weekday }) => weekday === from;
  if (to === undefined) return undefined;
  return ({ weekday }) => isWithin(weekday, from, to);
}

/** `9` is the hour from 9:00, `9-17` ends at 17:00, `22:30-6` includes midnight. */
export function hourTest(value: string): TimeTest | undefined {
  const [from, to, ...more] = value.split('-').map(minuteOfDay);
  if (from === undefined || from === DAY_MINUTES || more.length > 0) return undefined;
  if (!value.includes('-'))
    return value.includes(':') ? undefined : ({ minute }) => Math.floor(minute / 60) === from / 60;
  if (to === undefined || to === from) return undefined;
  return ({ minute }) => (from < to ? minute >= from && minute < to : minute >= from || minute < to);
}

/** A day, or a span that includes both days; either end may be absent: `2026-12-01..`. */
export function dateTest(value: string): TimeTest | undefined {
  if (isDay(value)) return ({ date }) => date === value;
  const [from = '', to = '', ...more] = value.split('..');
  const isSpan = value.includes('..') && more.length === 0 && (from !== '' || to !== '');
  if (!isSpan || (from !== '' && !isDay(from)) || (to !== '' && !isDay(to))) return undefined;
  if (from !== '' && to !== '' && from > to) return undefined;
  return ({ date }) => (from === '' || date >= from) && (to === '' || date <= to);
}

function dayNumber(text: string): number | undefined {
  const word = text.trim().toLowerCase();
  if (/^[1-7]$/.test(word)) return Number(word);
  const place = DAYS.findIndex((day) => word === day || FULL_NAMES[day] === word);
  return place < 0 ? undefined : place + 1;
}

const FULL_NAMES: Record<string, string> = {
  mon: 'monday',
  tue: 'tuesday',
  wed: 'wednesday',
  thu: 'thursday',
  fri: 'friday',
  sat: 'saturday',
  sun: 'sunday',
};

function minuteOfDay(text: string): number | undefined {
  const match = /^(\d{1,2})(?::([0-5]\d))?$/.exec(text.trim());
  if (!match) return undefined;
  const minute = Number(match[1]) * 60 + Number(match[2] ?? 0);
  return minute <= DAY_MINUTES ? minute : undefined;
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function isWithin(day: number, from: number, to: number): boolean {
  return from <= to ? day >= from && day <= to : day >= from || day <= to;
}
