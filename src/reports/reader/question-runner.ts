import { createHash } from 'node:crypto';
import type { DuckDBConnection } from '@duckdb/node-api';
import { LRUCache } from 'lru-cache';
import { SharedWork } from '../../platform/concurrency/shared-work.js';
import { presentReport } from '../rules/found-report.js';
import { type PresentedRow, ReportPresenter } from '../rules/present-report.js';
import type { ReportQuestion } from '../rules/report-question.js';
import { rowsSql } from '../rules/sql/report-sql.js';
import { findNumbers, findReport, toFoundRow } from './find-report.js';
import { QuestionQueue } from './question-queue.js';
import { type DataStatus, type QuestionAnswer, QuestionFailed, type ReportAnswerer } from './report-answerer.js';
import type { CopyInUse, ReportCopy } from './report-copy.js';

const TIMEOUT_MS = 10_000;
const INTERRUPT_EVERY_MS = 50;
const CONCURRENT = 2;
const MAX_WAITING = 100;
const CACHED_CHARS = 32 * 1024 * 1024;

/**
 * Answers questions from the copy: two at a time, each for 10 seconds at most. The same question about the same facts is
 * asked once, however many ask it at the same time or shortly after. A question whose askers are all gone is interrupted.
 */
export class QuestionRunner implements ReportAnswerer {
  private readonly queue = new QuestionQueue({ atOnce: CONCURRENT, waiting: MAX_WAITING });
  private readonly finding = new SharedWork<string>();
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

  /** @param gone tells that the asker does not wait for the answer any more. @throws QuestionFailed */
  async answer(question: ReportQuestion, gone: AbortSignal): Promise<QuestionAnswer> {
    const used = this.copy.use(question.workspaceId);
    if (used === undefined) throw new QuestionFailed('no_copy');
    try {
      return { json: await this.findShared(question, used, gone), status: used.status };
    } finally {
      used.release();
    }
  }

  /**
   * All rows in their order, in batches as they are read. The work is done before the first batch: a client that reads slowly
   * keeps no other question waiting.
   * @throws QuestionFailed before the first batch.
   */
  async *stream(question: ReportQuestion, gone: AbortSignal): AsyncGenerator<PresentedRow[]> {
    const used = this.copy.use(question.workspaceId);
    if (used === undefined) throw new QuestionFailed('no_copy');
    try {
      const connection = await used.database.connect();
      try {
        const presenter = new ReportPresenter(question);
        const { batches, first, measures } = await this.queue.run(() =>
          this.limited(connection, gone, async () => {
            const { sql, texts, measures } = rowsSql(question, await findNumbers(connection, question));
            const rows = (await connection.stream(sql, texts)).yieldRows();
            return { batches: rows, first: await rows.next(), measures };
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

  private async findShared(question: ReportQuestion, used: CopyInUse, gone: AbortSignal): Promise<string> {
    const text = `${used.version}\n${JSON.stringify(question)}`;
    const key = createHash('sha256').update(text).digest('base64');
    const known = this.answered.get(key);
    if (known !== undefined) return known;
    const json = await this.finding.run(key, gone, (allGone) =>
      this.queue.run(() => this.find(question, used, allGone)),
    );
    this.answered.set(key, json);
    return json;
  }

  private async find(question: ReportQuestion, used: CopyInUse, gone: AbortSignal): Promise<string> {
    gone.throwIfAborted(); // while it waited for its turn
    const connection = await used.database.connect();
    try {
      const found = await this.limited(connection, gone, () => findReport(connection, question));
      return JSON.stringify(presentReport(question, found));
    } finally {
      connection.closeSync();
    }
  }

  /** Interrupts the connection's statements after the time limit, and when the askers are gone. */
  private async limited<T>(connection: DuckDBConnection, gone: AbortSignal, work: () => Promise<T>): Promise<T> {
    const late = AbortSignal.timeout(this.timeoutMs);
    // Repeated, because between two statements it has no effect.
    const interrupting = setInterval(() => {
      if (late.aborted || gone.aborted) connection.interrupt();
    }, INTERRUPT_EVERY_MS);
    try {
      return await work();
    } catch (error) {
      gone.throwIfAborted();
      throw late.aborted ? new QuestionFailed('timeout') : error;
    } finally {
      clearInterval(interrupting);
    }
  }
}
