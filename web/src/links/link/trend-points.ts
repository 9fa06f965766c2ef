import type { ChartPoint } from '../../ui/chart/line-chart';
import { formatClock, formatDay } from '../../ui/data/time-format';
import type { BucketUnit } from '../list/trend-buckets';
import type { TrendPoint } from './link-queries';
import { linkWords } from './link-words';

interface Trend {
  interval: BucketUnit;
  points: readonly TrendPoint[];
}

const HOUR_MS = 60 * 60 * 1_000;

/** The places of a trend. Those that have not begun are left out; leading months without anything, too. */
export function pointsOf(trend: Trend, timeZone: string, now = new Date()): ChartPoint[] {
  return shownPoints(trend, now).map(({ start, unfinished }) => {
    const title = titleOf(new Date(start), trend.interval, timeZone, now);
    return {
      label: labelOf(new Date(start), trend.interval, timeZone, now),
      title: unfinished === true ? linkWords.unfinished(title) : title,
      isUnfinished: unfinished === true,
    };
  });
}

/** The values of the last `count` places that have begun. */
export function valuesOf(trend: Trend, metric: string, count: number, now = new Date()): number[] {
  return shownPoints(trend, now)
    .slice(-count)
    .map((point) => Number(point[metric] ?? 0));
}

function shownPoints({ points }: Trend, now: Date): TrendPoint[] {
  const begun = points.filter(({ start }) => Date.parse(start) <= now.getTime());
  const first = begun.findIndex((point) =>
    Object.entries(point).some(([name, value]) => name !== 'start' && typeof value === 'number' && value > 0),
  );
  // An empty beginning says nothing about "all time"; a period of days is shown as a whole.
  return begun.length > 100 ? begun.slice(first === -1 ? begun.length : Math.max(0, first - 1)) : begun;
}

function labelOf(at: Date, interval: BucketUnit, timeZone: string, now: Date): string {
  if (interval === 'hour') return formatClock(at, timeZone, { hasSeconds: false }).slice(0, 2);
  const [, day = '', month = '', year = ''] = formatDay(at, timeZone, now).split(' ');
  return interval === 'month' ? [month, year].join(' ').trim() : `${day} ${month}`;
}

function titleOf(at: Date, interval: BucketUnit, timeZone: string, now: Date): string {
  const day = formatDay(at, timeZone, now);
  if (interval !== 'hour') return interval === 'month' ? day.split(' ').slice(2).join(' ') : day;
  const clock = (time: Date): string => formatClock(time, timeZone, { hasSeconds: false });
  return `${day}, ${clock(at)} – ${clock(new Date(at.getTime() + HOUR_MS))}`;
}
