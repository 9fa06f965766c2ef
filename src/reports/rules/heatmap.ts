import type { MeasuredGroup, PresentedRow, ReportPresenter } from './present-report.js';
import { noMeasures } from './report-answer.js';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** All hours of a week, with zeros where nothing happened. */
export function fillHeatmap(rows: readonly MeasuredGroup[], presenter: ReportPresenter): PresentedRow[] {
  const byKeys = new Map(rows.map((row) => [row.keys.join(':'), row]));
  return WEEKDAYS.flatMap((weekday) =>
    HOURS.map((hourOfDay) => {
      const row = byKeys.get(`${weekday}:${hourOfDay}`) ?? { measures: noMeasures(), compared: noMeasures() };
      return { weekday, hourOfDay, ...presenter.toMetrics(row) };
    }),
  );
}
