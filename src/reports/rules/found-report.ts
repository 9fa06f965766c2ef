import type { Money } from '../../platform/money/money.js';
import { type MeasuredGroup, type PresentedRow, ReportPresenter } from './present-report.js';
import type { ReportQuestion } from './report-question.js';

/** The rows of a report in their order, and its totals. */
export interface FoundReport {
  rows: MeasuredGroup[];
  /** The number of groups, of which `rows` may be the first ones. */
  groups: number;
  totals: MeasuredGroup;
  /** The sums over all groups, where that is not the totals: a click is in the groups of each of its tags. */
  ofGroups: MeasuredGroup;
  /** Confirmed revenue of its conversions in other currencies than the question's. It is in no other number. */
  otherCurrencies: Money[];
  /** Cost of its clicks in other currencies, if the question needs the cost. It is in no other number. */
  otherCosts: Money[];
  /** The short links of the links in the rows, without scheme, by id. */
  linkNames: Record<string, string>;
}

/** A report as it is answered. */
export interface PresentedReport {
  rows: PresentedRow[];
  totals: PresentedRow;
  /** The groups beyond the limit; `null` when all are among the rows. */
  others: PresentedRow | null;
  /** The number of groups. */
  groups: number;
  /** `null`: money is hidden from the caller. */
  otherCurrencies: Money[] | null;
  otherCosts: Money[] | null;
  /** Names of the ids in the rows. */
  labels: { link?: Record<string, string> };
}

export function presentReport(question: ReportQuestion, report: FoundReport): PresentedReport {
  const presenter = new ReportPresenter(question);
  const { rows, totals, ofGroups, groups, otherCurrencies, otherCosts, linkNames } = report;
  return {
    rows: rows.map((row) => presenter.toRow(row)),
    totals: presenter.toMetrics(totals),
    others: presenter.toOthers(ofGroups, rows, groups) ?? null,
    groups,
    otherCurrencies: question.hidesMoney ? null : otherCurrencies,
    otherCosts: question.hidesMoney ? null : otherCosts,
    labels: question.groupBy.includes('link') ? { link: linkNames } : {},
  };
}
