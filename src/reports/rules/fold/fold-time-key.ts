import type { TimeDimension } from '../dimensions.js';
import type { ComparedPeriod, ReportPeriod, ZoneOffset } from '../report-question.js';
import { mondayOf } from '../time-keys.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * The key of a time dimension for a time in milliseconds since 1970; see time-keys.ts for the keys.
 * @param period the one that the times are in.
 * @param onto the report's own period, when `period` is the compared one: its keys are moved onto the report's.
 */
export function timeKeyReader(
  dimension: TimeDimension,
  period: ReportPeriod | ComparedPeriod,
  onto: ReportPeriod | undefined,
): (at: number) => number {
  const { offsets } = period;
  const shift = 'shiftDays' in period ? period.shiftDays * DAY_MS : 0;
  const localOf = (at: number): number => at + offsetIn(offsets, at);
  const dayAt = (at: number): number => Math.floor((localOf(at) + shift) / DAY_MS);
  switch (dimension) {
    case 'hour':
      if (onto === undefined) return (at) => at - (localOf(at) % HOUR_MS);
      return (at) => {
        const local = localOf(at) + shift;
        const hour = local - (local % HOUR_MS);
        return hour - offsetOfLocal(onto.offsets, hour);
      };
    case 'day':
      return dayAt;
    case 'week':
      return (at) => mondayOf(dayAt(at));
    case 'month':
      return (at) => {
        const date = new Date(dayAt(at) * DAY_MS);
        return date.getUTCFullYear() * 12 + date.getUTCMonth();
      };
    // Mondays are compared with Mondays, whatever the distance of the periods.
    case 'weekday':
      return (at) => ((Math.floor(localOf(at) / DAY_MS) + 3) % 7) + 1;
    case 'hourOfDay':
      return (at) => Math.floor(localOf(at) / HOUR_MS) % 24;
  }
}

/** The first moment of the local day that a moment is in. */
export function startOfLocalDay(offsets: readonly ZoneOffset[], at: number): number {
  const offset = offsetIn(offsets, at);
  const start = at - ((at + offset) % DAY_MS);
  return start + offset - offsetIn(offsets, start);
}

function offsetIn(offsets: readonly ZoneOffset[], at: number): number {
  for (let i = offsets.length - 1; i > 0; i--) {
    const step = offsets[i] as ZoneOffset;
    if (at >= step.from) return step.offset;
  }
  return offsets[0]?.offset ?? 0;
}

/** The offset of a local time. Of a time that a zone had twice, the first one. */
function offsetOfLocal(offsets: readonly ZoneOffset[], local: number): number {
  for (let i = offsets.length - 1; i > 0; i--) {
    const [before, step] = [offsets[i - 1] as ZoneOffset, offsets[i] as ZoneOffset];
    if (local >= step.from + before.offset) return step.offset;
  }
  return offsets[0]?.offset ?? 0;
}
