import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../src/platform/ids/ids.js';
import { QuestionReading } from '../../../src/reports/fallback/question-reading.js';
import { ReportDocuments } from '../../../src/reports/fallback/report-documents.read-model.js';
import { QuestionQueue } from '../../../src/reports/reader/question-queue.js';
import { REPORT_DIMENSIONS } from '../../../src/reports/rules/dimensions.js';
import type { FoundReport } from '../../../src/reports/rules/found-report.js';
import type { ReportQuestion } from '../../../src/reports/rules/report-question.js';
import { type Documents, documentsOf, ERAS } from '../../support/reports/random-facts.js';
import { reportsNear } from '../../support/reports/random-report.js';
import { RecountedQuestions, systematicQuestion, toQuestion } from '../../support/reports/recounted-questions.js';
import { TestApp } from '../../support/test-app.js';

// The proof that the right documents and fields leave MongoDB: what is read from it gives the numbers of a loop over the
// documents, with each dimension as a group, a filter and a node.

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start({ env: { REPORTS: 'mongodb' } });
});
afterAll(() => app.close());

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 1);
const RANDOM_REPORTS = 3;
const LONG_MS = 3_600_000;
const COLLECTIONS = ['clicks', 'conversions', 'links', 'costs'] as const;

/** Stored documents have fields that no report needs, and ids of the time of storing. */
async function store(documents: Documents): Promise<Documents> {
  const conversions = documents.conversions.map((one) => {
    const storedAt = Math.max(one.clickedAt?.getTime() ?? 0, one.convertedAt.getTime());
    return { ...one, _id: newId('cnv', storedAt) };
  });
  const stored = {
    clicks: documents.clicks.map((one) => ({ ...one, visitorKey: one._id })),
    conversions: conversions.map((one) => ({ ...one, dedupeKey: one._id })),
    links: documents.links.map((one, i) => ({ ...one, slug: one._id, number: i + 1 })),
    costs: documents.costs.map((one) => ({ ...one, key: one._id })),
  };
  for (const name of COLLECTIONS) {
    const collection = app.connection.collection<{ _id: string }>(name);
    await collection.deleteMany({});
    if (stored[name].length > 0) await collection.insertMany(stored[name] as never);
  }
  return { ...documents, conversions };
}

async function read(question: ReportQuestion): Promise<FoundReport> {
  const queue = new QuestionQueue({ atOnce: 1, waiting: 1 });
  const parts = { documents: new ReportDocuments(app.connection), queue, maxGroups: Infinity };
  const reading = new QuestionReading(question, parts);
  await reading.ended;
  if (reading.error !== undefined) throw reading.error;
  expect(reading.isComplete).toBe(true);
  return (await reading.getResult()).report;
}

describe('what is read from MongoDB and a loop over the documents', () => {
  it('give the same numbers', { timeout: LONG_MS }, async () => {
    const asking = new RecountedQuestions();
    for (let run = 0; run < RUNS; run++) {
      for (const [i, era] of ERAS.entries()) {
        const documents = await store(fc.sample(documentsOf(era), 1)[0] as Documents);
        const reports = fc.sample(reportsNear(era), RANDOM_REPORTS);
        for (let n = i; n < REPORT_DIMENSIONS.length; n += ERAS.length) {
          reports.push(systematicQuestion(era, n, 'filter'), systematicQuestion(era, n, 'node'));
        }
        for (const asked of reports) asking.expectRecounted(await read(toQuestion(asked)), documents, asked);
      }
    }
  });
});
