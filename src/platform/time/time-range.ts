import { type FieldProblem, ProblemException } from '../http/problems/problem.js';
import { parseTime } from './parse-time.js';
import { dateOnly, parseEnd, parseStart } from './day-times.js';

/** The time range of a list or export, from a query or a body. `null` means the same as an absent field. */
export interface RangeTexts {
  from?: string | null | undefined;
  to?: string | null | undefined;
}

/** The names of both in a query. */
export interface RangeNames {
  from: string;
  to: string;
}

const NAMES: RangeNames = { from: 'from', to: 'to' };

/** A filter for times from `from` on and before `to`; `undefined` when neither is given. Both are moments: see `resolveRange`. */
export function timeRange({ from, to }: RangeTexts): object | undefined {
  const start = parseTime(from ?? '');
  const end = parseTime(to ?? '');
  return start || end ? { ...(start && { $gte: start }), ...(end && { $lt: end }) } : undefined;
}

/**
 * The range with both its ends as moments. Dates without a time are days of the zone, and `to` includes its day.
 * @throws ProblemException 422 when `from` is after `to`.
 */
export function resolveRange(
  { from, to }: RangeTexts,
  timezone: string,
  names: RangeNames = NAMES,
): { from?: string; to?: string } {
  const start = parseStart(from ?? '', timezone);
  const end = parseEnd(to ?? '', timezone);
  if (isAfter(start, end, to)) throw ProblemException.invalid(fromAfterTo(names));
  return { ...(start && { from: start.toISOString() }), ...(end && { to: end.toISOString() }) };
}

/** Whether the range depends on a time zone. */
export function hasDates({ from, to }: RangeTexts): boolean {
  return dateOnly(from ?? '') !== undefined || dateOnly(to ?? '') !== undefined;
}

/**
 * Whether `from` is after `to` in every time zone, which can be checked before the request's workspace is known.
 * `resolveRange` checks a date with a moment.
 */
export function isBackwards(range: RangeTexts): boolean {
  const [from, to] = [range.from ?? '', range.to ?? ''];
  if ((dateOnly(from) === undefined) !== (dateOnly(to) === undefined)) return false;
  const [start, end] = [parseStart(from, 'UTC'), parseEnd(to, 'UTC')];
  return isAfter(start, end, to);
}

/** The end of a day is the first moment after it, which no longer belongs to the range. */
function isAfter(start: Date | undefined, end: Date | undefined, to: string | null | undefined): boolean {
  if (start === undefined || end === undefined) return false;
  return dateOnly(to ?? '') === undefined ? start > end : start >= end;
}

export function fromAfterTo({ from, to }: RangeNames = NAMES): FieldProblem {
  return { path: to, code: 'from_after_to', message: `${from} is after ${to}: exchange them` };
}
