import type { ReportPeriod, ReportQuestion } from '../report-question.js';
import { startOfLocalDay } from './fold-time-key.js';

const DAY_MS = 86_400_000;

/** A local day of a report, or the part of it that the period has. Times in milliseconds since 1970. */
export interface DaySlice {
  from: number;
  /** Exclusive. */
  to: number;
  /** Whether it is a day of the compared period. */
  isCompared: boolean;
}

/** The days of both periods of a question, the latest first. All before the next unread day's end is unread. */
export function daySlicesOf({ period, compare }: Pick<ReportQuestion, 'period' | 'compare'>): DaySlice[] {
  const slices = [...daysIn(period, false), ...(compare === undefined ? [] : daysIn(compare, true))];
  return slices.sort((a, b) => b.to - a.to);
}

function daysIn({ from, to, offsets }: ReportPeriod, isCompared: boolean): DaySlice[] {
  const slices: DaySlice[] = [];
  for (let end = to; end > from;) {
    const day = startOfLocalDay(offsets, end - 1);
    // A zone may skip a day.
    const start = Math.max(from, day < end ? day : end - DAY_MS);
    slices.push({ from: start, to: end, isCompared });
    end = start;
  }
  return slices;
}
