import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Big } from 'big.js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Documents, documentsOf, type Era, ERAS } from '../../../test/support/reports/random-facts.js';
import {
  ALL_METRICS,
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
import { REPORT_DIMENSIONS } from '../rules/dimensions.js';
import { clickKeyOf, toClickFact, toConversionFact, toLinkFact } from '../rules/facts.js';
import { METRICS, type MetricUnit } from '../rules/metrics.js';
import { parseFormula } from '../rules/formula/formula.js';
import { resolveFormula } from '../rules/formula/resolve-formula.js';
import { isMeasure } from '../rules/measures.js';
import { type PresentedRow, ReportPresenter } from '../rules/present-report.js';
import { readReportQuestion } from '../rules/read-report-question.js';
import type { ReportQuestion } from '../rules/report-question.js';
import { rowsSql } from '../rules/sql/report-sql.js';
import { FactsDatabase, noChanges } from './facts-database.js';
import { findReport, findWorkspaceNumber, toStreamedRow } from './find-report.js';

// The proof of the numbers: whatever is asked about random clicks and conversions, the copy in DuckDB answers as a loop over
// the documents does (test/support/reports/recount-report.ts).

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 40);
const QUESTIONS_PER_RUN = 3;
/** Thousands of runs take a while on a busy machine. */
const LONG_MS = 3_600_000;
const NOW = Date.parse('2026-11-23T12:00:00Z');
const DEFINITIONS = new Map(
  METRICS.flatMap(({ name, formula }) => {
    const reading = parseFormula(formula, () => true, []);
    return reading.ok && !isMeasure(name) ? [[name, reading.formula] as const] : [];
  }),
);
const FORMULAS = new Map(
  METRICS.flatMap(({ name, formula }) => {
    const reading = parseFormula(formula, () => true, []);
    const resolution = reading.ok ? resolveFormula(reading.formula, DEFINITIONS) : reading;
    return resolution.ok ? [[name, resolution.formula] as const] : [];
  }),
);
const UNITS = new Map(METRICS.map(({ name, unit }) => [name, unit]));
const unitOf = (metric: string): MetricUnit => UNITS.get(metric) ?? 'number';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopback-recount-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function withCopyOf(documents: Documents, work: (connection: DuckDBConnection) => Promise<void>): Promise<void> {
  const database = await FactsDatabase.create(folder);
  try {
    await database.apply(
      {
        ...noChanges(),
        clicks: documents.clicks.flatMap((click) => toClickFact(click) ?? []),
        conversions: documents.conversions.map(toConversionFact),
        links: documents.links.map(toLinkFact),
      },
      undefined,
    );
    const connection = await database.connect();
    try {
      await writeCosts(connection, documents);
      await work(connection);
    } finally {
      connection.closeSync();
    }
  } finally {
    database.delete();
  }
}

async function writeCosts(connection: DuckDBConnection, { clicks }: Documents): Promise<void> {
  const costs = clicks.flatMap(({ _id, cost }) => (cost === undefined ? [] : [`(${clickKeyOf(_id).code}, ${cost})`]));
  if (costs.length === 0) return;
  await connection.run(
    `UPDATE clicks SET cost = priced.cost FROM (VALUES ${costs.join(', ')}) priced(code, cost) WHERE clicks.code = priced.code`,
  );
}

function toQuestion(asked: AskedReport): ReportQuestion {
  const reading = readReportQuestion(toParameters(asked), {
    workspaceId: WORKSPACE,
    timezone: 'UTC',
    currency: CURRENCY,
    now: NOW,
    formulas: FORMULAS,
  });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.report.question;
}

async function expectSameNumbers(
  connection: DuckDBConnection,
  documents: Documents,
  asked: AskedReport,
): Promise<void> {
  const question = toQuestion(asked);
  const presenter = new ReportPresenter(question, unitOf);
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
    rows.push(...batch.map((row) => toStreamedRow(row, question, measures)));
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
  const { unit, formula } = METRICS.find(({ name }) => name === metric) ?? {};
  return unit === 'money' ? /\W/.test(formula ?? '') : /cost|revenue/.test(formula ?? '');
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
    asked: fc.array(reportsNear(era), { minLength: 1, maxLength: QUESTIONS_PER_RUN, size: 'max' }),
  }),
);

describe('the copy and a loop over the documents', () => {
  it(
    'give the same numbers',
    async () => {
      await fc.assert(
        fc.asyncProperty(anyCase, async ({ documents, asked }) => {
          await withCopyOf(documents, async (connection) => {
            for (const one of asked) await expectSameNumbers(connection, documents, one);
          });
        }),
        { numRuns: RUNS, endOnFailure: process.env['NO_SHRINK'] === '1' },
      );
    },
    LONG_MS,
  );

  it(
    'give the same numbers by each dimension with all metrics, for each filter, zone and comparison',
    async () => {
      for (const [i, era] of ERAS.entries()) {
        const documents = fc.sample(documentsOf(era), 1)[0] as Documents;
        await withCopyOf(documents, async (connection) => {
          for (let d = i; d < REPORT_DIMENSIONS.length; d += ERAS.length) {
            await expectSameNumbers(connection, documents, systematic(era, d));
          }
        });
      }
    },
    LONG_MS,
  );
});

const COMPARISONS: AskedReport['compare'][] = [undefined, { kind: 'previous' }, { kind: 'year' }];

/** The question number `n` of those that have each dimension as a group and as a filter. */
function systematic(era: Era, n: number): AskedReport {
  const dimension = REPORT_DIMENSIONS[n % REPORT_DIMENSIONS.length] as (typeof REPORT_DIMENSIONS)[number];
  const filtered = REPORT_DIMENSIONS[(n + 7) % REPORT_DIMENSIONS.length] as (typeof REPORT_DIMENSIONS)[number];
  const [asked] = fc.sample(reportsNear(era), 1) as [AskedReport];
  return {
    ...asked,
    groupBy: [dimension],
    filters: fc.sample(filtersOf(filtered, era), 1),
    under: [],
    metrics: ALL_METRICS,
    sort: [],
    compare: COMPARISONS[n % COMPARISONS.length],
  };
}
