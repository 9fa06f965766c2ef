import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChangingDocuments, type RandomChange, someChanges } from '../../../test/support/reports/random-changes.js';
import { type Documents, documentsOf, ERAS } from '../../../test/support/reports/random-facts.js';
import type { AskedReport } from '../../../test/support/reports/random-report.js';
import {
  anyRecountCase,
  RecountedQuestions,
  systematicQuestion,
  toQuestion,
} from '../../../test/support/reports/recounted-questions.js';
import { REPORT_DIMENSIONS } from '../rules/dimensions.js';
import { toClickFact, toConversionFact, toCostFact, toLinkFact } from '../rules/facts.js';
import { METRICS } from '../rules/metrics.js';
import type { ReportQuestion } from '../rules/report-question.js';
import { rowsSql } from '../rules/sql/report-sql.js';
import { FactsDatabase, noChanges } from './facts/facts-database.js';
import { toFactChanges } from './feed-changes.js';
import { findNumbers, findReport, toFoundRow } from './find-report.js';

// The proof of the numbers: whatever is asked about random clicks and conversions, the copy in DuckDB answers as a loop over
// the documents does (test/support/reports/recount-report.ts).

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 8);
/** Thousands of runs take a while on a busy machine. */
const LONG_MS = 3_600_000;

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
  const [links, costs] = [documents.links.map(toLinkFact), documents.costs.map(toCostFact)];
  await database.apply({ ...noChanges(), links, costs }, undefined);
  const loader = await database.startLoad();
  await loader.addConversions(documents.conversions.map(toConversionFact));
  await loader.addClicks(documents.clicks.flatMap((click) => toClickFact(click) ?? []));
  await loader.finish();
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

async function expectSameNumbers(
  connection: DuckDBConnection,
  documents: Documents,
  asked: AskedReport,
): Promise<void> {
  const question = toQuestion(asked);
  const found = await findReport(connection, question);
  asking.expectRecounted(found, documents, asked);

  const streamed = await stream(connection, { ...question, limit: undefined });
  if (asked.groupBy.length === 0) return;
  const whole = asked.limit === undefined ? found : await findReport(connection, { ...question, limit: undefined });
  expect(streamed).toEqual(whole.rows);
}

async function stream(connection: DuckDBConnection, question: ReportQuestion): Promise<unknown[]> {
  const { sql, texts, measures } = rowsSql(question, await findNumbers(connection, question));
  const result = await connection.stream(sql, texts);
  const rows: unknown[] = [];
  for await (const batch of result.yieldRows()) {
    rows.push(...batch.map((row) => toFoundRow(row, question, measures)));
  }
  return rows;
}

const asking = new RecountedQuestions();

describe('the copy and a loop over the documents', () => {
  it(
    'give the same numbers',
    async () => {
      await fc.assert(
        fc.asyncProperty(anyRecountCase, async ({ documents, reports }) => {
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
      const changingCase = fc.record({ one: anyRecountCase, changes: someChanges, isReplacing: fc.boolean() });
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
            await expectSameNumbers(connection, documents, systematicQuestion(era, n, 'filter'));
            await expectSameNumbers(connection, documents, systematicQuestion(era, n, 'node'));
          }
        });
      }
      asking.expectAllAsked();
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
