import { type PresentedRow, ReportPresenter } from './present-report.js';
import { formatKey, noMeasures } from './report-answer.js';
import type { Bucket } from './report-period.js';
import type { ReportQuestion } from './report-question.js';

/**
 * One point for each bucket, with zeros where nothing happened.
 * @param rows of a report by one dimension of time.
 * @param now milliseconds since 1970. Buckets that end later are unfinished.
 */
export function fillTimeseries(
  buckets: readonly Bucket[],
  rows: readonly PresentedRow[],
  question: ReportQuestion,
  now: number,
): Record<string, unknown>[] {
  const [interval = 'day'] = question.groupBy;
  const zeros = new ReportPresenter(question).toMetrics({ measures: noMeasures() });
  const byKey = new Map(rows.map(({ [interval]: key, ...metrics }) => [key, metrics]));
  return buckets.map(({ key, start, end }) => ({
    start: new Date(start).toISOString(),
    ...(end > now && { unfinished: true }),
    ...(byKey.get(formatKey(interval, key)) ?? zeros),
  }));
}
