import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Big } from 'big.js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChangingDocuments, type RandomChange, someChanges } from '../../../test/support/reports/random-changes.js';
import { type Documents, documentsOf, type Era, ERAS } from '../../../test/support/reports/random-facts.js';
import {
  ALL_METRICS,
  type AskedFilter,
  type AskedReport,
  filtersOf,
  reportsNear,
  toParameters,
} from '../../../test/support/reports/random-report.js';
import {
  CURRENCY,
  recount,
  type RecountedReport,
  type RecountedRow,
  WORKSPACE,
} from '../../../test/support/reports/recount-report.js';
import { REPORT_DIMENSIONS, type ReportDimension } from '../rules/dimensions.js';
import { toClickFact, toConversionFact, toCostFact, toLinkFact } from '../rules/facts.js';
import { metricsOf } from '../rules/formula/formula.js';
import { METRIC_FORMULAS, METRIC_UNITS } from '../rules/metric-formulas.js';
import { METRICS, type MetricUnit } from '../rules/metrics.js';
import { type PresentedRow, ReportPresenter } from '../rules/present-report.js';
import { readReportQuestion } from '../rules/read-report-question.js';
import type { ReportQuestion } from '../rules/report-question.js';
import { rowsSql } from '../rules/sql/report-sql.js';
import { FactsDatabase, noChanges } from './facts-database.js';
import { toFactChanges } from './feed-changes.js';
import { findReport, findWorkspaceNumber, toFoundRow } from './find-report.js';

// The proof of the numbers: whatever is asked about random clicks and conversions, the copy in DuckDB answers as a loop over
// the documents does (test/support/reports/recount-report.ts).

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 8);
const QUESTIONS_PER_RUN = 3;
/** Thousands of runs take a while on a busy machine. */
const LONG_MS = 3_600_000;
const NOW = Date.parse('2026-11-23T12:00:00Z');
const unitOf = (metric: string): MetricUnit => METRIC_UNITS.get(metric) ?? 'number';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopback-recount-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function withDatabase(work: (database: FactsDatabase) => Promise<void>): Promise<void> {
  const database = await FactsDatabase.create(folder);
  try {
    await work(database);
  } finally {
    database.delete();
  }
}

async function load(database: FactsDatabase, documents: Documents): Promise<void> {
  await database.apply(
    {
      ...noChanges(),
      clicks: documents.clicks.flatMap((click) => toClickFact(click) ?? []),
      conversions: documents.conversions.map(toConversionFact),
      links: documents.links.map(toLinkFact),
      costs: documents.costs.map(toCostFact),
    },
    undefined,
  );
  await database.spreadCosts();
}

async function withCopyOf(documents: Documents, work: (connection: DuckDBConnection) => Promise<void>): Promise<void> {
  await withDatabase(async (database) => {
    await load(database, documents);
    const connection = await database.connect();
    try {
      await work(connection);
    } finally {
      connection.closeSync();
    }
  });
}

function toQuestion(asked: AskedReport): ReportQuestion {
  const reading = readReportQuestion(toParameters(asked), {
    workspaceId: WORKSPACE,
    timezone: 'UTC',
    currency: CURRENCY,
    now: NOW,
    formulas: METRIC_FORMULAS,
    unitOf,
  });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.report.question;
}

const asked = {
  groups: new Set<string>(),
  filters: new Set<string>(),
  nodes: new Set<string>(),
  metrics: new Set<string>(),
  sorts: new Set<string>(),
  zones: new Set<string>(),
  comparisons: new Set<string | undefined>(),
};

function noteAsked({ groupBy, filters, under, metrics, sort, timezone, compare }: AskedReport): void {
  for (const dimension of groupBy) asked.groups.add(dimension);
  for (const { dimension } of filters) asked.filters.add(dimension);
  for (const { dimension } of under) asked.nodes.add(dimension);
  for (const metric of metrics) asked.metrics.add(metric);
  for (const { by } of sort) asked.sorts.add(by);
  asked.zones.add(timezone);
  asked.comparisons.add(compare?.kind);
}

async function expectSameNumbers(
  connection: DuckDBConnection,
  documents: Documents,
  asked: AskedReport,
): Promise<void> {
  noteAsked(asked);
  const question = toQuestion(asked);
  const presenter = new ReportPresenter(question);
  const expected = recount(documents, asked);

  const found = await findReport(connection, question);
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

  const streamed = await stream(connection, { ...question, limit: undefined });
  if (asked.groupBy.length === 0) return;
  const whole = asked.limit === undefined ? found : await findReport(connection, { ...question, limit: undefined });
  expect(streamed).toEqual(whole.rows);
}

async function stream(connection: DuckDBConnection, question: ReportQuestion): Promise<unknown[]> {
  const { sql, texts, measures } = rowsSql(question, await findWorkspaceNumber(connection, question.workspaceId));
  const result = await connection.stream(sql, texts);
  const rows: unknown[] = [];
  for await (const batch of result.yieldRows()) {
    rows.push(...batch.map((row) => toFoundRow(row, question, measures)));
  }
  return rows;
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

const anyEra = fc.constantFrom(...ERAS);
const anyCase = anyEra.chain((era) =>
  fc.record({
    documents: documentsOf(era),
    reports: fc.array(reportsNear(era), { minLength: 1, maxLength: QUESTIONS_PER_RUN, size: 'max' }),
  }),
);

describe('the copy and a loop over the documents', () => {
  it(
    'give the same numbers',
    async () => {
      await fc.assert(
        fc.asyncProperty(anyCase, async ({ documents, reports }) => {
          await withCopyOf(documents, async (connection) => {
            for (const report of reports) await expectSameNumbers(connection, documents, report);
          });
        }),
        { numRuns: RUNS },
      );
    },
    LONG_MS,
  );

  it(
    'give the same numbers after changes of documents, in batches that are behind them',
    async () => {
      const changingCase = fc.record({ one: anyCase, changes: someChanges, isReplacing: fc.boolean() });
      await fc.assert(
        fc.asyncProperty(changingCase, async ({ one, changes, isReplacing }) => {
          await withDatabase(async (database) => {
            const documents = new ChangingDocuments(one.documents);
            await applyAll(database, documents, changes, isReplacing);
            const connection = await database.connect();
            await expectEachOnce(connection, documents.now());
            for (const report of one.reports) await expectSameNumbers(connection, documents.now(), report);
            connection.closeSync();
          });
        }),
        { numRuns: Math.ceil(RUNS / 2) },
      );
    },
    LONG_MS,
  );

  it(
    'give the same numbers by each dimension with all metrics, with each filter, node, sorting, zone and comparison',
    async () => {
      for (const [i, era] of ERAS.entries()) {
        const documents = fc.sample(documentsOf(era), 1)[0] as Documents;
        await withCopyOf(documents, async (connection) => {
          for (let n = i; n < Math.max(REPORT_DIMENSIONS.length, METRICS.length); n += ERAS.length) {
            await expectSameNumbers(connection, documents, systematic(era, n, 'filter'));
            await expectSameNumbers(connection, documents, systematic(era, n, 'node'));
          }
        });
      }
      const dimensions = new Set(REPORT_DIMENSIONS);
      const metrics = METRICS.map(({ name }) => name);
      expect(asked.groups).toEqual(dimensions);
      expect(asked.filters).toEqual(dimensions);
      expect(asked.nodes).toEqual(dimensions);
      expect(asked.metrics).toEqual(new Set(metrics));
      expect(metrics.filter((name) => !asked.sorts.has(name))).toEqual([]);
      expect(asked.zones).toEqual(new Set(ERAS.map(({ timezone }) => timezone)));
      expect(asked.comparisons).toEqual(new Set([undefined, 'previous', 'year', 'range']));
    },
    LONG_MS,
  );
});

/** Loads the documents while they change, or before. The copy reads the events of the changes in batches. */
async function applyAll(
  database: FactsDatabase,
  documents: ChangingDocuments,
  changes: readonly RandomChange[],
  isReplacing: boolean,
): Promise<void> {
  const read = async (allBut: number): Promise<void> => {
    await database.apply(await toFactChanges(documents.take(allBut), { feed: documents, isReplacing }), {});
  };
  // A load that begins after some changes has their documents, and gets their events too.
  const before = isReplacing ? Math.floor(changes.length / 3) : 0;
  for (const change of changes.slice(0, before)) documents.change(change);
  await load(database, documents.now());
  for (const change of changes.slice(before)) {
    documents.change(change);
    if (change.readAllBut !== undefined) await read(change.readAllBut);
  }
  await read(0);
}

async function expectEachOnce(connection: DuckDBConnection, { clicks, conversions, links }: Documents): Promise<void> {
  const found = await connection.runAndReadAll(
    'SELECT (SELECT count(*) FROM clicks), (SELECT count(*) FROM conversions), (SELECT count(*) FROM links)',
  );
  const counted = clicks.filter(({ isTest }) => isTest !== true);
  expect(found.getRows()[0]?.map(Number)).toEqual([counted.length, conversions.length, links.length]);
}

/** The question number `n` of those that have each dimension as a group and as a filter or node, and each metric in the order. */
function systematic(era: Era, n: number, restriction: 'filter' | 'node'): AskedReport {
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
