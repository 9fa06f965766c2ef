import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { clickIdAt } from '../../../test/support/reports/random-facts.js';
import { DatabaseTimeout } from '../../platform/mongo/mongo-errors.js';
import type { DataStatus } from '../reader/report-answerer.js';
import type { ClickDocument } from '../rules/facts.js';
import type { DaySlice } from '../rules/fold/day-slices.js';
import type { PresentedReport } from '../rules/found-report.js';
import { toPeriod } from '../rules/report-period.js';
import type { ReportQuestion } from '../rules/report-question.js';
import { MongoAnswerer, type MongoAnswererLimits } from './mongo-answerer.js';
import type { DocumentSource } from './question-reading.js';

const DAY_MS = 86_400_000;
const FROM = Date.parse('2026-11-01T00:00:00Z');
const DAYS = 4;
/** Answers what was read when the event loop has nothing else to do. */
const SOON_MS = 20;
/** Enough that a busy machine does everything else before half of it. */
const LATER_MS = 1_000;

/** One click a day and country. A day is read when the test allows it. */
class GatedDocuments implements DocumentSource {
  readonly begun: DaySlice[] = [];
  error: Error | undefined;
  private allowed = 0;
  private waiting: (() => void)[] = [];

  constructor(private readonly countries: readonly string[] = ['DE']) {}

  allow(days: number): void {
    this.allowed += days;
    for (const wake of this.waiting.splice(0)) wake();
  }

  async *clicks(_: ReportQuestion, day: DaySlice): AsyncGenerator<ClickDocument[]> {
    this.begun.push(day);
    while (this.allowed === 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.allowed--;
    if (this.error !== undefined) throw this.error;
    const at = new Date(day.from);
    yield this.countries.map((country, i) => ({
      _id: clickIdAt(at, i),
      workspaceId: 'wsp_1',
      linkId: 'lnk_1',
      at,
      country,
    }));
  }

  async *conversions(): AsyncGenerator<never[]> {}

  async *countClicks(): AsyncGenerator<never[]> {}

  findCosts(): Promise<never[]> {
    return Promise.resolve([]);
  }

  findLinks(): Promise<never[]> {
    return Promise.resolve([]);
  }
}

function questionOf(fields: Partial<ReportQuestion> = {}): ReportQuestion {
  return {
    workspaceId: 'wsp_1',
    groupBy: ['country'],
    filters: [],
    under: [],
    period: toPeriod(FROM, FROM + DAYS * DAY_MS, 'UTC'),
    timeBy: 'click',
    currency: 'EUR',
    metrics: [{ name: 'clicks', unit: 'count', formula: { kind: 'metric', name: 'clicks' } }],
    sort: [],
    limit: 10,
    ...fields,
  };
}

const answerers: MongoAnswerer[] = [];
afterEach(() => {
  for (const answerer of answerers.splice(0)) answerer.stop();
});

function answererOf(documents: GatedDocuments, limits: Partial<MongoAnswererLimits> = {}): MongoAnswerer {
  const options = { connection: undefined as never, logger: pino({ level: 'silent' }), limits };
  const answerer = new MongoAnswerer(options, documents);
  answerers.push(answerer);
  return answerer;
}

async function ask(answerer: MongoAnswerer, question = questionOf()): Promise<{ clicks: unknown; status: DataStatus }> {
  const { json, status } = await answerer.answer(question);
  return { clicks: (JSON.parse(json) as PresentedReport).totals['clicks'], status };
}

/** Readings that have begun go on until they wait for the test. */
const untilIdle = (): Promise<void> => sleep(SOON_MS);

describe('a question that is read in time', () => {
  it('is answered with all its days', async () => {
    const documents = new GatedDocuments();
    documents.allow(DAYS);
    const { clicks, status } = await ask(answererOf(documents));
    expect(clicks).toBe(DAYS);
    expect(status).toMatchObject({ isComplete: true, coveredFrom: undefined });
    expect(status.progress).toBeUndefined();
    expect(documents.begun.map(({ from }) => (from - FROM) / DAY_MS)).toEqual([3, 2, 1, 0]);
  });

  it('is read once for all requests that come at the same time or shortly after', async () => {
    const documents = new GatedDocuments();
    const answerer = answererOf(documents);
    const both = [ask(answerer), ask(answerer)];
    documents.allow(DAYS);
    const [one, other] = await Promise.all(both);
    expect(other).toEqual(one);
    expect(await ask(answerer)).toEqual(one);
    expect(documents.begun).toHaveLength(DAYS);
  });

  it('is read again when its answer is too old', async () => {
    const documents = new GatedDocuments();
    documents.allow(2 * DAYS);
    const answerer = answererOf(documents, { cachedMs: 0 });
    await ask(answerer);
    await ask(answerer);
    expect(documents.begun).toHaveLength(2 * DAYS);
  });
});

describe('a question that takes longer', () => {
  it('is answered with the days that were read, and continued', async () => {
    const documents = new GatedDocuments();
    const answerer = answererOf(documents, { answerWithinMs: SOON_MS });
    const nothing = await ask(answerer);
    expect(nothing).toMatchObject({ clicks: 0, status: { isComplete: false, progress: { days: 0, ofDays: DAYS } } });
    expect(nothing.status.coveredFrom).toBe(FROM + DAYS * DAY_MS);

    documents.allow(3);
    await untilIdle();
    const most = await ask(answerer);
    expect(most).toMatchObject({ clicks: 3, status: { isComplete: false, progress: { days: 3, ofDays: DAYS } } });
    expect(most.status.coveredFrom).toBe(FROM + DAY_MS);
    expect(most.status.asOf).toBe(nothing.status.asOf);

    documents.allow(1);
    await untilIdle();
    expect(await ask(answerer)).toMatchObject({ clicks: DAYS, status: { isComplete: true } });
    expect(documents.begun).toHaveLength(DAYS);
  });

  it('counts the days of the compared period too, and says since when both are counted', async () => {
    const documents = new GatedDocuments();
    const compare = { ...toPeriod(FROM - 30 * DAY_MS, FROM - 28 * DAY_MS, 'UTC'), shiftDays: 30 };
    const answerer = answererOf(documents, { answerWithinMs: SOON_MS });
    documents.allow(DAYS);
    const { status } = await ask(answerer, questionOf({ compare }));
    expect(status).toMatchObject({ isComplete: false, progress: { days: DAYS, ofDays: DAYS + 2 } });
    expect(status.coveredFrom).toBe(FROM - 28 * DAY_MS);
  });

  it('keeps its answer until it is asked for, although answers are kept shortly', async () => {
    const documents = new GatedDocuments();
    const answerer = answererOf(documents, { answerWithinMs: SOON_MS, cachedMs: 0 });
    await ask(answerer);
    documents.allow(DAYS);
    await untilIdle();
    expect(await ask(answerer)).toMatchObject({ clicks: DAYS, status: { isComplete: true } });
    expect(documents.begun).toHaveLength(DAYS);
  });

  it('is dropped when no request comes for it', async () => {
    const documents = new GatedDocuments();
    const answerer = answererOf(documents, { answerWithinMs: SOON_MS, idleMs: 0 });
    await ask(answerer);
    answerer.dropExpired();
    documents.allow(1);
    await untilIdle();
    expect(documents.begun).toHaveLength(1);
    expect((await ask(answerer)).status.progress).toEqual({ days: 0, ofDays: DAYS });
    expect(documents.begun).toHaveLength(2);
  });

  it('is no file', async () => {
    const documents = new GatedDocuments();
    const answerer = answererOf(documents, { answerWithinMs: SOON_MS });
    const file = answerer.stream(questionOf({ limit: undefined }));
    await expect(file.next()).rejects.toMatchObject({ reason: 'unfinished' });
    documents.allow(DAYS);
    await untilIdle();
    const rows: unknown[] = [];
    for await (const batch of answerer.stream(questionOf({ limit: undefined }))) rows.push(...batch);
    expect(rows).toEqual([{ country: 'DE', clicks: DAYS }]);
  });
});

describe('limits', () => {
  const other = questionOf({ groupBy: ['city'] });
  const third = questionOf({ groupBy: ['os'] });

  it('let a new question take the place of the one that was asked least lately', async () => {
    const documents = new GatedDocuments();
    const answerer = answererOf(documents, { answerWithinMs: SOON_MS, questions: 2 });
    const [first, second] = [await ask(answerer), await ask(answerer, other)];
    await ask(answerer, third);
    expect((await ask(answerer, other)).status.asOf).toBe(second.status.asOf);
    expect((await ask(answerer)).status.asOf).toBeGreaterThan(first.status.asOf);
  });

  it('refuse a question while requests wait for as many others', async () => {
    const documents = new GatedDocuments();
    const answerer = answererOf(documents, { answerWithinMs: LATER_MS, questions: 1 });
    // Requests for one question overlap as long as the other one waits.
    const first = ask(answerer);
    const refused = expect(ask(answerer, other)).rejects.toMatchObject({ reason: 'busy' });
    await sleep(LATER_MS / 2);
    await ask(answerer);
    await refused;
    expect((await first).status.isComplete).toBe(false);
  });

  it('let a question wait for the place of another one', async () => {
    const documents = new GatedDocuments();
    const answerer = answererOf(documents, { questions: 1 });
    const both = [ask(answerer), ask(answerer, other)];
    documents.allow(2 * DAYS);
    expect((await Promise.all(both)).map(({ clicks }) => clicks)).toEqual([DAYS, DAYS]);
  });

  it('refuse more groups than may be in memory', async () => {
    const documents = new GatedDocuments(['DE', 'AT', 'CH']);
    documents.allow(1 + DAYS);
    const answerer = answererOf(documents, { groups: 2 });
    await expect(ask(answerer)).rejects.toMatchObject({ reason: 'too_many_groups' });
    const { clicks } = await ask(answerer, questionOf({ groupBy: [] }));
    expect(clicks).toBe(3 * DAYS);
  });
});

describe('errors', () => {
  it('of the connection are a reason of their own, and the next request begins anew', async () => {
    const documents = new GatedDocuments();
    documents.error = new DatabaseTimeout();
    documents.allow(1 + DAYS);
    const answerer = answererOf(documents);
    await expect(ask(answerer)).rejects.toMatchObject({ reason: 'database_away' });
    documents.error = undefined;
    expect((await ask(answerer)).clicks).toBe(DAYS);
  });

  it('of other kinds are thrown as they are', async () => {
    const documents = new GatedDocuments();
    documents.error = new RangeError('a defect');
    documents.allow(1);
    await expect(ask(answererOf(documents))).rejects.toThrow('a defect');
  });
});
