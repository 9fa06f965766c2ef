import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { OutageLog } from '../../platform/logging/outage-log.js';
import type { Connection } from '../../platform/mongo/driver.js';
import { isUnavailable } from '../../platform/mongo/mongo-errors.js';
import { QuestionQueue } from '../reader/question-queue.js';
import {
  type DataStatus,
  type QuestionAnswer,
  QuestionFailed,
  type ReportAnswerer,
} from '../reader/report-answerer.js';
import { TooManyGroups } from '../rules/fold/fact-groups.js';
import { presentReport } from '../rules/found-report.js';
import { type PresentedRow, ReportPresenter } from '../rules/present-report.js';
import type { ReportQuestion } from '../rules/report-question.js';
import {
  type DocumentSource,
  QuestionReading,
  type QuestionReadingParts,
  type ReadingResult,
} from './question-reading.js';
import { ReportDocuments } from './report-documents.read-model.js';

// src/reports/fallback: reports without DuckDB, on machines that cannot load it, or with REPORTS=mongodb. The documents of a
// question are read from MongoDB day by day (question-reading.ts) and summed up in memory (../rules/fold/). Start here.

export interface MongoAnswererLimits {
  /** A question that takes longer is answered with what was read so far. */
  answerWithinMs: number;
  /** Groups of a question. */
  groups: number;
  /** Questions whose sums are in memory. */
  questions: number;
  /** After this time without a request, an unfinished question is dropped. */
  idleMs: number;
  /** The age until which a finished answer is given again. */
  cachedMs: number;
}

const LIMITS: MongoAnswererLimits = {
  answerWithinMs: 8_000,
  groups: 50_000,
  questions: 8,
  idleMs: 60_000,
  cachedMs: 5_000,
};
const READ_AT_ONCE = 2;
const MAX_WAITING = 100;
const DROP_EVERY_MS = 5_000;
const ROWS_PER_BATCH = 1_000;

export interface MongoAnswererOptions {
  connection: Connection;
  logger: Logger;
  limits?: Partial<MongoAnswererLimits>;
}

/** A question in memory. */
interface KeptQuestion {
  reading: QuestionReading;
  /** Requests that wait for it. */
  waiting: number;
  askedAt: number;
  /** When its complete report was given for the first time. */
  givenAt: number | undefined;
}

/**
 * Answers questions from MongoDB. An answer comes within eight seconds; a report that takes longer is answered with the days
 * that were read so far, and reading continues, so that the same question is answered further the next time. The same
 * question is read once, however many ask it.
 */
export class MongoAnswerer implements ReportAnswerer {
  private readonly limits: MongoAnswererLimits;
  private readonly parts: QuestionReadingParts;
  private readonly kept = new Map<string, KeptQuestion>();
  /** Emits `left` when a request no longer waits. */
  private readonly requests = new EventEmitter().setMaxListeners(0);
  private readonly stopped = new AbortController();
  private readonly failures: OutageLog;

  /** @param documents where they are read from, in tests. */
  constructor(
    { connection, logger, limits }: MongoAnswererOptions,
    documents: DocumentSource = new ReportDocuments(connection),
  ) {
    this.limits = { ...LIMITS, ...limits };
    const queue = new QuestionQueue({ atOnce: READ_AT_ONCE, waiting: Infinity });
    this.parts = { documents, queue, maxGroups: this.limits.groups };
    this.failures = new OutageLog(logger, {
      begins: 'reports cannot be read from MongoDB; they are answered 503 until it answers',
      ends: 'reports are read from MongoDB again',
    });
  }

  /** Drops what is no longer asked for. */
  async run(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      this.dropExpired();
      await sleep(DROP_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  stop(): void {
    this.stopped.abort();
    for (const key of this.kept.keys()) this.drop(key);
  }

  getStatus(): DataStatus {
    return { asOf: Date.now(), isComplete: true, coveredFrom: undefined };
  }

  async answer(question: ReportQuestion): Promise<QuestionAnswer> {
    const { report, status } = await this.read(question);
    return { json: JSON.stringify(presentReport(question, report)), status };
  }

  /** A file has no place to say that it is unfinished, so it is all or nothing. */
  async *stream(question: ReportQuestion): AsyncGenerator<PresentedRow[]> {
    const { report, status } = await this.read(question);
    if (!status.isComplete) throw new QuestionFailed('unfinished');
    const presenter = new ReportPresenter(question);
    for (let i = 0; i < report.rows.length; i += ROWS_PER_BATCH) {
      yield report.rows.slice(i, i + ROWS_PER_BATCH).map((row) => presenter.toRow(row));
    }
  }

  /** Forgets finished answers and unfinished questions that no request needs. */
  dropExpired(): void {
    for (const [key, one] of this.kept) if (one.waiting === 0 && this.isExpired(one)) this.drop(key);
  }

  private async read(question: ReportQuestion): Promise<ReadingResult> {
    const late = AbortSignal.timeout(this.limits.answerWithinMs);
    const key = JSON.stringify(question);
    const one = await this.enter(key, question, late);
    try {
      if (!late.aborted) await Promise.race([one.reading.ended, once(late, 'abort')]);
      if (one.reading.error !== undefined) throw this.toFailure(one.reading.error);
      this.failures.noteSuccess();
      if (one.reading.isComplete) one.givenAt ??= Date.now();
      return await one.reading.getResult();
    } finally {
      one.waiting--;
      this.requests.emit('left');
    }
  }

  /** The question in memory, for which one more request waits. @throws QuestionFailed `busy` */
  private async enter(key: string, question: ReportQuestion, late: AbortSignal): Promise<KeptQuestion> {
    for (;;) {
      const one = this.getKept(key, question);
      if (one !== undefined) {
        one.waiting++;
        one.askedAt = Date.now();
        return one;
      }
      if (this.requests.listenerCount('left') >= MAX_WAITING) throw new QuestionFailed('busy');
      await once(this.requests, 'left', { signal: late }).catch(() => {
        throw new QuestionFailed('busy');
      });
    }
  }

  /** A new question takes the place of one for which no request waits. `undefined` when requests wait for all of them. */
  private getKept(key: string, question: ReportQuestion): KeptQuestion | undefined {
    const known = this.kept.get(key);
    if (known !== undefined && !this.isExpired(known)) return known;
    if (known !== undefined) this.drop(key);
    if (this.kept.size >= this.limits.questions && !this.dropLeastWanted()) return undefined;
    const reading = new QuestionReading(question, this.parts);
    const added = { reading, waiting: 0, askedAt: Date.now(), givenAt: undefined };
    this.kept.set(key, added);
    return added;
  }

  /** A finished answer is given again for a few seconds; one that no request has had yet waits as long as an unfinished one. */
  private isExpired({ reading, waiting, askedAt, givenAt }: KeptQuestion): boolean {
    const now = Date.now();
    if (reading.error !== undefined) return true;
    if (reading.isComplete && givenAt !== undefined) return now - givenAt >= this.limits.cachedMs;
    return waiting === 0 && now - askedAt >= this.limits.idleMs;
  }

  /** @returns whether there was one. */
  private dropLeastWanted(): boolean {
    const free = [...this.kept].filter(([, { waiting }]) => waiting === 0);
    const [first] = free.sort(([, a], [, b]) => a.askedAt - b.askedAt);
    if (first === undefined) return false;
    this.drop(first[0]);
    return true;
  }

  private drop(key: string): void {
    this.kept.get(key)?.reading.stop();
    this.kept.delete(key);
  }

  private toFailure(error: unknown): unknown {
    if (error instanceof TooManyGroups) return new QuestionFailed('too_many_groups');
    if (!isUnavailable(error)) return error;
    this.failures.noteFailure(error);
    return new QuestionFailed('database_away');
  }
}
