import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { LRUCache } from 'lru-cache';
import { type PresentedRow, ReportPresenter } from '../rules/present-report.js';
import type { ReportQuestion } from '../rules/report-question.js';
import { rowsSql } from '../rules/sql/report-sql.js';
import { findReport, findWorkspaceNumber, type FoundReport, toStreamedRow, type StreamedRow } from './find-report.js';
import type { CopyInUse, CopyStatus, ReportCopy } from './report-copy.js';

const TIMEOUT_MS = 10_000;
const CONCURRENT = 2;
const MAX_WAITING = 100;
const CACHED_REPORTS = 300;

/** Why a question was not answered. */
export type QuestionFailure = 'no_copy' | 'timeout' | 'busy';

export class QuestionFailed extends Error {
  constructor(readonly reason: QuestionFailure) {
    super(reason);
  }
}

/** A report as it is answered. It is made here: the processes that redirect must not spend their time on it. */
export interface PresentedReport {
  rows: PresentedRow[];
  totals: PresentedRow;
  /** The groups beyond the limit; `null` when all are among the rows. */
  others: PresentedRow | null;
  /** The number of groups. */
  groups: number;
  otherCurrencies: FoundReport['otherCurrencies'];
  /** Names of the ids in the rows. */
  labels: { link?: Record<string, string> };
}

/** The answer to a question as JSON of a `PresentedReport`, with the state of the copy that it was read from. */
export interface QuestionAnswer {
  json: string;
  status: CopyStatus;
}

/**
 * Answers questions from the copy: two at a time, each for 10 seconds at most. The same question about the same facts is
 * asked once, however many ask it at the same time or shortly after.
 */
export class QuestionRunner {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly reports = new LRUCache<string, Promise<string>>({ max: CACHED_REPORTS });

  constructor(
    private readonly copy: ReportCopy,
    private readonly timeoutMs = TIMEOUT_MS,
  ) {}

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

  /** All rows in their order, in batches as they are read. @throws QuestionFailed */
  async *stream(question: ReportQuestion): AsyncGenerator<StreamedRow[]> {
    const used = this.copy.use(question.workspaceId);
    if (used === undefined) throw new QuestionFailed('no_copy');
    await this.enter();
    try {
      const connection = await used.database.connect();
      try {
        const workspace = await findWorkspaceNumber(connection, question.workspaceId);
        const { sql, texts, measures } = rowsSql(question, workspace);
        const result = await this.limited(connection, () => connection.stream(sql, texts));
        for await (const rows of result.yieldRows()) {
          yield rows.map((row) => toStreamedRow(row, question, measures));
        }
      } finally {
        connection.closeSync();
      }
    } finally {
      this.leave();
      used.release();
    }
  }

  private findShared(question: ReportQuestion, used: CopyInUse): Promise<string> {
    const text = `${used.version}\n${JSON.stringify(question)}`;
    const key = createHash('sha256').update(text).digest('base64');
    const known = this.reports.get(key);
    if (known !== undefined) return known;
    const found = this.find(question, used);
    this.reports.set(key, found);
    found.catch(() => this.reports.delete(key));
    return found;
  }

  private async find(question: ReportQuestion, used: CopyInUse): Promise<string> {
    await this.enter();
    try {
      const connection = await used.database.connect();
      try {
        const found = await this.limited(connection, () => findReport(connection, question));
        return JSON.stringify(presentReport(question, found));
      } finally {
        connection.closeSync();
      }
    } finally {
      this.leave();
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

  private async enter(): Promise<void> {
    if (this.running >= CONCURRENT) {
      if (this.waiting.length >= MAX_WAITING) throw new QuestionFailed('busy');
      await new Promise<void>((resolve) => this.waiting.push(resolve));
      return; // the place of the question that has ended
    }
    this.running++;
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next !== undefined) next();
    else this.running--;
  }
}

function presentReport(question: ReportQuestion, report: FoundReport): PresentedReport {
  const presenter = new ReportPresenter(question);
  const { rows, totals, ofGroups, groups, otherCurrencies, linkNames } = report;
  return {
    rows: rows.map((row) => presenter.toRow(row)),
    totals: presenter.toMetrics(totals),
    others: presenter.toOthers(ofGroups, rows, groups) ?? null,
    groups,
    otherCurrencies,
    labels: question.groupBy.includes('link') ? { link: linkNames } : {},
  };
}
