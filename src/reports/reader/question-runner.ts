import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { LRUCache } from 'lru-cache';
import { presentReport } from '../rules/found-report.js';
import { type PresentedRow, ReportPresenter } from '../rules/present-report.js';
import type { ReportQuestion } from '../rules/report-question.js';
import { rowsSql } from '../rules/sql/report-sql.js';
import { findReport, findWorkspaceNumber, toFoundRow } from './find-report.js';
import { QuestionQueue } from './question-queue.js';
import { type DataStatus, type QuestionAnswer, QuestionFailed, type ReportAnswerer } from './report-answerer.js';
import type { CopyInUse, ReportCopy } from './report-copy.js';

const TIMEOUT_MS = 10_000;
const CONCURRENT = 2;
const MAX_WAITING = 100;
const CACHED_CHARS = 32 * 1024 * 1024;

/**
 * Answers questions from the copy: two at a time, each for 10 seconds at most. The same question about the same facts is
 * asked once, however many ask it at the same time or shortly after.
 */
export class QuestionRunner implements ReportAnswerer {
  private readonly queue = new QuestionQueue({ atOnce: CONCURRENT, waiting: MAX_WAITING });
  private readonly underWay = new Map<string, Promise<string>>();
  private readonly answered = new LRUCache<string, string>({
    maxSize: CACHED_CHARS,
    sizeCalculation: (json) => json.length,
  });

  constructor(
    private readonly copy: ReportCopy,
    private readonly timeoutMs = TIMEOUT_MS,
  ) {}

  run(): Promise<void> {
    return this.copy.run();
  }

  stop(): void {
    this.copy.stop();
  }

  getStatus(): DataStatus {
    return this.copy.getStatus();
  }

  /** @throws QuestionFailed */
  async answer(question: ReportQuestion): Promise<QuestionAnswer> {
    const used = this.copy.use(question.workspaceId);
    if (used === undefined) throw new QuestionFailed('no_copy');
    try {
      return { json: await this.findShared(question, used), status: used.status };
    } finally {
      used.release();
    }
  }

  /**
   * All rows in their order, in batches as they are read. The work is done before the first batch: a client that reads slowly
   * keeps no other question waiting.
   * @throws QuestionFailed before the first batch.
   */
  async *stream(question: ReportQuestion): AsyncGenerator<PresentedRow[]> {
    const used = this.copy.use(question.workspaceId);
    if (used === undefined) throw new QuestionFailed('no_copy');
    try {
      const connection = await used.database.connect();
      try {
        const presenter = new ReportPresenter(question);
        const { sql, texts, measures } = rowsSql(question, await findWorkspaceNumber(connection, question.workspaceId));
        const { batches, first } = await this.queue.run(() =>
          this.limited(connection, async () => {
            const rows = (await connection.stream(sql, texts)).yieldRows();
            return { batches: rows, first: await rows.next() };
          }),
        );
        for (let batch = first; !batch.done; batch = await batches.next()) {
          yield batch.value.map((row) => presenter.toRow(toFoundRow(row, question, measures)));
        }
      } finally {
        connection.closeSync();
      }
    } finally {
      used.release();
    }
  }

  private async findShared(question: ReportQuestion, used: CopyInUse): Promise<string> {
    const text = `${used.version}\n${JSON.stringify(question)}`;
    const key = createHash('sha256').update(text).digest('base64');
    const known = this.answered.get(key) ?? this.underWay.get(key);
    if (known !== undefined) return known;
    const finding = this.queue.run(() => this.find(question, used));
    this.underWay.set(key, finding);
    try {
      const json = await finding;
      this.answered.set(key, json);
      return json;
    } finally {
      this.underWay.delete(key);
    }
  }

  private async find(question: ReportQuestion, used: CopyInUse): Promise<string> {
    const connection = await used.database.connect();
    try {
      const found = await this.limited(connection, () => findReport(connection, question));
      return JSON.stringify(presentReport(question, found));
    } finally {
      connection.closeSync();
    }
  }

  /** Interrupts the connection's statement after the time limit. */
  private async limited<T>(connection: DuckDBConnection, work: () => Promise<T>): Promise<T> {
    const done = new AbortController();
    let isLate = false;
    void sleep(this.timeoutMs, undefined, { signal: done.signal }).then(
      () => {
        isLate = true;
        connection.interrupt();
      },
      () => undefined,
    );
    try {
      return await work();
    } catch (error) {
      throw isLate ? new QuestionFailed('timeout') : error;
    } finally {
      done.abort();
    }
  }
}
