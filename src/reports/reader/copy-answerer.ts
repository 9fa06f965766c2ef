import type { Logger } from 'pino';
import { OutageLog } from '../../platform/logging/outage-log.js';
import type { Connection } from '../../platform/mongo/driver.js';
import { QuestionRunner } from './question-runner.js';
import { reportsFolderOf } from './reader-socket.js';
import type { ReportAnswerer } from './report-answerer.js';
import { ReportCopy } from './report-copy.js';
import { ReportFeed } from './report-feed.repository.js';

export interface CopyAnswererOptions {
  connection: Connection;
  dataDir: string;
  logger: Logger;
  /** By default 10 seconds. Tests use less. */
  timeoutMs?: number;
}

/** Answers from a copy of the data in a DuckDB file of this machine. To import this file fails where DuckDB cannot be loaded. */
export function createCopyAnswerer({ connection, dataDir, logger, timeoutMs }: CopyAnswererOptions): ReportAnswerer {
  const failures = new OutageLog(logger, {
    begins: 'reports cannot follow MongoDB; their numbers stay as they are until it answers',
    ends: 'reports follow MongoDB again',
  });
  const folder = reportsFolderOf(dataDir);
  return new QuestionRunner(new ReportCopy({ feed: new ReportFeed(connection), folder, logger, failures }), timeoutMs);
}
