import { addDays, type DayRange } from '../../ui/period/period';

/** The dimension of a report by which a trend is cut into pieces. */
export type BucketUnit = 'hour' | 'day' | 'week' | 'month';

const HOUR_MS = 60 * 60 * 1_000;
const MAX_HOURLY_DAYS = 2;
const MAX_DAILY_DAYS = 45;
const MAX_WEEKLY_DAYS = 366;

/** Pieces that give a line between a few and some fifty points. */
export function bucketUnitOf(range: DayRange | null): BucketUnit {
  if (range === null) return 'month';
  const days = daysOf(range);
  if (days <= MAX_HOURLY_DAYS) return 'hour';
  if (days <= MAX_DAILY_DAYS) return 'day';
  return days <= MAX_WEEKLY_DAYS ? 'week' : 'month';
}

function daysOf({ from, to }: DayRange): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / (24 * HOUR_MS)) + 1;
}

/**
 * All pieces of a period up to now, as a report names them. Weeks and months begin with the first that has facts.
 * @param span the period as the report answered it
 * @param seen the pieces that have facts
 */
export function bucketsOf(
  unit: BucketUnit,
  range: DayRange | null,
  span: { from: string; to: string },
  seen: readonly string[],
  now: Date,
): string[] {
  if (unit === 'hour') return hoursOf(span, now);
  const today = now.toISOString().slice(0, 10);
  if (unit === 'day' && range !== null) {
    const last = [range.to, addDays(today, 1)].toSorted()[0] as string; // in zones before UTC it is tomorrow already
    return upTo(range.from, last, (day) => addDays(day, 1), seen, today);
  }
  const first = seen.toSorted()[0];
  if (first === undefined) return [];
  return unit === 'week'
    ? upTo(first, today, (day) => addDays(day, 7), seen, today)
    : upTo(first, today.slice(0, 7), nextMonth, seen, today);
}

function hoursOf({ from, to }: { from: string; to: string }, now: Date): string[] {
  const end = Math.min(Date.parse(to) - 1, now.getTime());
  const hours: string[] = [];
  for (let at = Date.parse(from); at <= end; at += HOUR_MS) hours.push(new Date(at).toISOString());
  return hours;
}

/** From the first piece to the last one. Tomorrow counts only if there are facts. */
function upTo(
  first: string,
  last: string,
  next: (piece: string) => string,
  seen: readonly string[],
  today: string,
): string[] {
  const pieces: string[] = [];
  for (let piece = first; piece <= last; piece = next(piece)) {
    if (piece <= today || seen.includes(piece)) pieces.push(piece);
  }
  return pieces;
}

function nextMonth(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}
