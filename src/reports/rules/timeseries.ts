import type { MeasuredGroup, ReportPresenter } from './present-report.js';
import { noMeasures } from './report-answer.js';
import type { Bucket } from './report-period.js';

/**
 * One point for each bucket, with zeros where nothing happened.
 * @param now milliseconds since 1970. Buckets that end later are unfinished.
 */
export function fillTimeseries(
  buckets: readonly Bucket[],
  rows: readonly MeasuredGroup[],
  presenter: ReportPresenter,
  now: number,
): Record<string, unknown>[] {
  const byKey = new Map(rows.map((row) => [row.keys[0], row]));
  return buckets.map(({ key, start, end }) => {
    const row = byKey.get(key) ?? { measures: noMeasures(), compared: noMeasures() };
    return {
      start: new Date(start).toISOString(),
      ...(end > now && { unfinished: true }),
      ...presenter.toMetrics(row),
    };
  });
}
