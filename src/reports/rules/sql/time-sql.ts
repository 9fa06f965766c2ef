import type { TimeDimension } from '../dimensions.js';
import type { ComparedPeriod, ReportPeriod, ZoneOffset } from '../report-question.js';
import { SqlValues } from './sql-values.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
export const QUARTER_MS = HOUR_MS / 4;

/** Whether each quarter hour of UTC is in one hour and one day of the zone, as all zones have it since 1972. */
export function hasQuarterOffsets({ offsets }: ReportPeriod): boolean {
  return offsets.every(({ from, offset }, i) => offset % QUARTER_MS === 0 && (i === 0 || from % QUARTER_MS === 0));
}

/**
 * The key of a time dimension as SQL; see time-keys.ts for the keys. All is integer arithmetic on the time and the offset of
 * its zone, which needs no calendar of the database.
 * @param time SQL of the time, in milliseconds since 1970.
 * @param period the one that the time is in.
 * @param compared how the period is moved onto the report's own, when it is the compared one.
 */
export function timeKeySql(
  dimension: TimeDimension,
  time: string,
  period: ReportPeriod,
  compared?: { by: ComparedPeriod; onto: ReportPeriod },
): string {
  const own = `(${time} + ${offsetSql(time, period.offsets)})`;
  const shift = (compared?.by.shiftDays ?? 0) * DAY_MS;
  const local = shift === 0 ? own : `(${own} + ${SqlValues.integer(shift)})`;
  switch (dimension) {
    case 'hour': {
      if (compared === undefined) return `(${time} - ${local} % ${HOUR_MS})`;
      const hour = `(${local} - ${local} % ${HOUR_MS})`;
      return `(${hour} - ${offsetOfLocalSql(hour, compared.onto.offsets)})`;
    }
    case 'day':
      return dayOf(local);
    case 'week':
      return weekOfDaySql(dayOf(local));
    case 'month':
      return monthOf(local, period, shift);
    // Mondays are compared with Mondays, whatever the distance of the periods.
    case 'weekday':
      return `((${dayOf(own)} + 3) % 7 + 1)`;
    case 'hourOfDay':
      return `(${own} // ${HOUR_MS} % 24)`;
  }
}

const MAX_MONTHS = 40;

/** For a few months a choice by their beginnings, which takes a third of the time of the calendar's functions. */
function monthOf(local: string, { from, to, offsets }: ReportPeriod, shift: number): string {
  const first = new Date(from + (offsets[0]?.offset ?? 0) + shift);
  const end = to + (offsets.at(-1)?.offset ?? 0) + shift;
  const steps: { from: number; value: number }[] = [];
  for (let i = 0; i <= MAX_MONTHS; i++) {
    const start = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + i, 1);
    if (start > end) return chooseSql(local, steps);
    steps.push({ from: start, value: first.getUTCFullYear() * 12 + first.getUTCMonth() + i });
  }
  const date = `(DATE '1970-01-01' + ${dayOf(local)}::INTEGER)`;
  return `(year(${date}) * 12 + month(${date}) - 1)`;
}

/** The Monday of a day's week. 1970-01-01 was a Thursday. */
export function weekOfDaySql(day: string): string {
  return `(${day} - (${day} + 3) % 7)`;
}

function dayOf(local: string): string {
  return `(${local} // ${DAY_MS})`;
}

function offsetSql(time: string, offsets: readonly ZoneOffset[]): string {
  return chooseSql(
    time,
    offsets.map(({ from, offset }) => ({ from, value: offset })),
  );
}

/** The offset of a local time. Of a time that a zone had twice, the first one. */
function offsetOfLocalSql(local: string, offsets: readonly ZoneOffset[]): string {
  return chooseSql(
    local,
    offsets.map(({ from, offset }, i) => ({ from: from + (offsets[i - 1]?.offset ?? offset), value: offset })),
  );
}

/** The value of the last step that begins at or before the time. */
function chooseSql(time: string, steps: readonly { from: number; value: number }[]): string {
  const last = SqlValues.integer(steps.at(-1)?.value ?? 0);
  if (steps.length <= 1) return last;
  const cases = steps
    .slice(1)
    .map(({ from }, i) => `WHEN ${time} < ${SqlValues.integer(from)} THEN ${SqlValues.integer(steps[i]?.value ?? 0)}`);
  return `CASE ${cases.join(' ')} ELSE ${last} END`;
}
