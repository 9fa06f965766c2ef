import type { Big } from 'big.js';
import fc from 'fast-check';
import { expect } from 'vitest';
import { UNRESTRICTED } from '../../../src/workspaces/caller.js';
import { REPORT_DIMENSIONS, type ReportDimension } from '../../../src/reports/rules/dimensions.js';
import { metricsOf } from '../../../src/reports/rules/formula/formula.js';
import type { FoundReport } from '../../../src/reports/rules/found-report.js';
import { METRIC_FORMULAS, METRIC_UNITS } from '../../../src/reports/rules/metric-formulas.js';
import { METRICS, type MetricUnit } from '../../../src/reports/rules/metrics.js';
import { type PresentedRow, ReportPresenter } from '../../../src/reports/rules/present-report.js';
import { readReportQuestion } from '../../../src/reports/rules/read-report-question.js';
import type { ReportQuestion } from '../../../src/reports/rules/report-question.js';
import { type Documents, documentsOf, type Era, ERAS } from './random-facts.js';
import {
  ALL_METRICS,
  type AskedFilter,
  type AskedReport,
  filtersOf,
  reportsNear,
  toParameters,
} from './random-report.js';
import { CURRENCY, recount, type RecountedReport, type RecountedRow, WORKSPACE } from './recount-report.js';

// Compares found reports with a loop over the documents, for everything that answers questions.

const QUESTIONS_PER_RUN = 3;
const NOW = Date.parse('2026-11-23T12:00:00Z');
const unitOf = (metric: string): MetricUnit => METRIC_UNITS.get(metric) ?? 'number';

const anyEra = fc.constantFrom(...ERAS);
/** Documents near an unusual day, and questions about them. */
export const anyRecountCase = anyEra.chain((era) =>
  fc.record({
    documents: documentsOf(era),
    reports: fc.array(reportsNear(era), { minLength: 1, maxLength: QUESTIONS_PER_RUN, size: 'max' }),
  }),
);

export function toQuestion(asked: AskedReport): ReportQuestion {
  const reading = readReportQuestion(toParameters(asked), {
    workspaceId: WORKSPACE,
    timezone: 'UTC',
    currency: CURRENCY,
    now: NOW,
    formulas: METRIC_FORMULAS,
    unitOf,
    restrictions: { ...UNRESTRICTED, linkLimits: asked.within },
  });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.report.question;
}

/** The questions that were compared, to know that every kind of them was. */
export class RecountedQuestions {
  private readonly asked = {
    groups: new Set<string>(),
    filters: new Set<string>(),
    nodes: new Set<string>(),
    metrics: new Set<string>(),
    sorts: new Set<string>(),
    zones: new Set<string>(),
    comparisons: new Set<string | undefined>(),
    limits: new Set<boolean>(),
  };

  /** Whether the report has the numbers and the order that a loop over the documents gives. */
  expectRecounted(found: FoundReport, documents: Documents, asked: AskedReport): void {
    this.note(asked);
    const presenter = new ReportPresenter(toQuestion(asked));
    const expected = recount(documents, asked);
    const rows = found.rows.map((row) => plain(presenter.toRow(row)));
    const keys = rows.map((row) => keyOf(row, asked));
    expect(new Set(keys).size).toBe(keys.length);
    for (const [i, key] of keys.entries()) expect(rows[i]).toEqual(expected.rows.get(key)?.shown);
    expect(found.groups).toBe(expected.rows.size);
    expect(rows).toHaveLength(Math.min(asked.limit ?? Infinity, expected.rows.size));
    expectInOrder(keys, expected, asked);
    expect(plain(presenter.toMetrics(found.totals))).toEqual(expected.totals);
    expect(plain(presenter.toOthers(found.ofGroups, found.rows, found.groups) ?? null)).toEqual(
      expected.othersThan(keys),
    );
    expect(found.otherCurrencies).toEqual(expected.otherCurrencies);
    expect(found.otherCosts).toEqual(expected.otherCosts);
  }

  /** Whether each dimension, metric, zone and comparison was among the questions. */
  expectAllAsked(): void {
    const dimensions = new Set(REPORT_DIMENSIONS);
    const metrics = METRICS.map(({ name }) => name);
    expect(this.asked.groups).toEqual(dimensions);
    expect(this.asked.filters).toEqual(dimensions);
    expect(this.asked.nodes).toEqual(dimensions);
    expect(this.asked.metrics).toEqual(new Set(metrics));
    expect(metrics.filter((name) => !this.asked.sorts.has(name))).toEqual([]);
    expect(this.asked.zones).toEqual(new Set(ERAS.map(({ timezone }) => timezone)));
    expect(this.asked.comparisons).toEqual(new Set([undefined, 'previous', 'year', 'range']));
    expect(this.asked.limits).toEqual(new Set([true, false]));
  }

  private note({ groupBy, filters, under, metrics, sort, timezone, compare, within }: AskedReport): void {
    const { asked } = this;
    for (const dimension of groupBy) asked.groups.add(dimension);
    for (const { dimension } of filters) asked.filters.add(dimension);
    for (const { dimension } of under) asked.nodes.add(dimension);
    for (const metric of metrics) asked.metrics.add(metric);
    for (const { by } of sort) asked.sorts.add(by);
    asked.zones.add(timezone);
    asked.comparisons.add(compare?.kind);
    asked.limits.add(within !== null);
  }
}

/** As JSON has it, which has no -0. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function keyOf(row: PresentedRow, { groupBy }: AskedReport): string {
  return JSON.stringify(groupBy.map((dimension) => row[dimension]));
}

/** Each row is not after the next one, and the last one not after any that is not shown. */
function expectInOrder(keys: readonly string[], { rows }: RecountedReport, asked: AskedReport): void {
  const shown = keys.map((key) => rows.get(key) as RecountedRow);
  const compare = comparator(asked);
  for (const [i, row] of shown.entries()) {
    const next = shown[i + 1];
    if (next !== undefined) expect(compare(row, next)).toBeLessThanOrEqual(0);
  }
  const last = shown.at(-1);
  if (last === undefined) return;
  for (const [key, row] of rows) if (!keys.includes(key)) expect(compare(last, row)).toBeLessThanOrEqual(0);
}

const NEARLY = 1e-9;

/** Money that was divided or added is compared as floating-point numbers: nearly equal rows may be in any order. */
function comparator(asked: AskedReport): (a: RecountedRow, b: RecountedRow) => number {
  const terms = sortOf(asked);
  return (a, b) => {
    for (const { by, isDescending } of terms) {
      const i = asked.groupBy.findIndex((dimension) => dimension === by);
      const order =
        i < 0
          ? compareNumbers(a.valueOf(by), b.valueOf(by), isDescending)
          : compareKeys(a.keys[i] ?? null, b.keys[i] ?? null, isDescending);
      if (order !== 0) return order;
      if (i < 0 && isRounded(by)) return 0;
    }
    return 0;
  };
}

function sortOf({ sort, groupBy, metrics }: AskedReport): AskedReport['sort'] {
  const byKeys = groupBy.map((by) => ({ by, isDescending: false }));
  if (sort.length > 0) return [...sort, ...byKeys];
  const [first] = groupBy;
  const isTime = ['hour', 'day', 'week', 'month', 'weekday', 'hourOfDay'].includes(first ?? '');
  if (isTime) return byKeys;
  const by = metrics.includes('clicks') ? 'clicks' : metrics[0];
  return [...(by === undefined ? [] : [{ by, isDescending: true }]), ...byKeys];
}

function isRounded(metric: string): boolean {
  const formula = METRIC_FORMULAS.get(metric);
  return formula?.kind === 'binary' && metricsOf(formula).some((name) => /^(?:cost|revenue)/.test(name));
}

function compareNumbers(a: Big | null, b: Big | null, isDescending: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const difference = a.minus(b);
  const greatest = a.abs().gt(b.abs()) ? a.abs() : b.abs();
  if (difference.abs().lt(greatest.times(NEARLY)) && !difference.eq(0)) return 0;
  return difference.cmp(0) * (isDescending ? -1 : 1);
}

function compareKeys(a: string | number | null, b: string | number | null, isDescending: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const order = typeof a === 'number' ? a - Number(b) : Buffer.compare(Buffer.from(a), Buffer.from(String(b)));
  return isDescending ? -order : order;
}

/** The question number `n` of those that have each dimension as a group and as a filter or node, and each metric in the order. */
export function systematicQuestion(era: Era, n: number, restriction: 'filter' | 'node'): AskedReport {
  const dimensionAt = (at: number): ReportDimension =>
    REPORT_DIMENSIONS[at % REPORT_DIMENSIONS.length] as ReportDimension;
  const [report] = fc.sample(reportsNear(era), 1) as [AskedReport];
  const day = { day: era.day };
  const comparisons = [
    undefined,
    { kind: 'previous' },
    { kind: 'year' },
    { kind: 'range', from: day, to: day },
  ] as const;
  const [filter] = fc.sample(filtersOf(dimensionAt(n + 7), era), 1) as [AskedFilter];
  const [value = null] = filter.values;
  return {
    ...report,
    // Weeks are made of days, and links' dimensions of links: together they are the longest statements.
    groupBy: restriction === 'filter' ? [dimensionAt(n)] : [...new Set([dimensionAt(n), 'week' as const])],
    filters: restriction === 'filter' ? [filter] : [],
    under:
      restriction === 'node' ? [{ dimension: filter.dimension, value: filter.mode === 'contains' ? null : value }] : [],
    metrics: ALL_METRICS,
    sort: [{ by: METRICS[n % METRICS.length]?.name ?? '', isDescending: n % 2 === 0 }],
    compare: comparisons[n % comparisons.length],
  };
}
