import { type PresentedRow, ReportPresenter } from './present-report.js';
import { noMeasures } from './report-answer.js';
import type { ReportQuestion } from './report-question.js';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** All hours of a week, with zeros where nothing happened. @param rows of a report by `weekday` and `hourOfDay`. */
export function fillHeatmap(rows: readonly PresentedRow[], question: ReportQuestion): PresentedRow[] {
  const zeros = new ReportPresenter(question).toMetrics({ measures: noMeasures() });
  const cellOf = (weekday: unknown, hourOfDay: unknown): string => `${String(weekday)}:${String(hourOfDay)}`;
  const byCell = new Map(rows.map((row) => [cellOf(row['weekday'], row['hourOfDay']), row]));
  return WEEKDAYS.flatMap((weekday) =>
    HOURS.map((hourOfDay) => byCell.get(cellOf(weekday, hourOfDay)) ?? { weekday, hourOfDay, ...zeros }),
  );
}
