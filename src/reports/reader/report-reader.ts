import type { Logger } from 'pino';
import { OutageLog } from '../../platform/logging/outage-log.js';
import type { Connection } from '../../platform/mongo/driver.js';
import { LiveChanges } from '../live/live-changes.repository.js';
import { LiveFeed, type LiveFeedOptions } from '../live/live-feed.js';
import { QuestionRunner } from './question-runner.js';
import { QuestionServer } from './question-server.js';
import { prepareSocketFolder, readerSocketOf, reportsFolderOf } from './reader-socket.js';
import { ReportCopy } from './report-copy.js';
import { ReportFeed } from './report-feed.repository.js';

// src/reports/reader: the process that answers reports. It keeps a copy of clicks, conversions and links in a DuckDB file
// (report-copy.ts follows MongoDB, facts-database.ts is the file) and answers questions over a socket (question-server.ts,
// question-runner.ts, find-report.ts). The pure code is in ../rules. Start here.

export interface ReportReaderOptions {
  connection: Connection;
  dataDir: string;
  logger: Logger;
  /** By default 10 seconds. Tests use less. */
  timeoutMs?: number;
  /** Limits of live events where they differ from the defaults. */
  live?: LiveFeedOptions;
}

/** The copy with its server. */
export class ReportReader {
  readonly copy: ReportCopy;
  private readonly live: LiveFeed;
  private readonly server: QuestionServer;
  private running: Promise<void> | undefined;

  constructor(private readonly options: ReportReaderOptions) {
    const { connection, dataDir, logger, timeoutMs, live } = options;
    const failures = new OutageLog(logger, {
      begins: 'reports cannot follow MongoDB; their numbers stay as they are until it answers',
      ends: 'reports follow MongoDB again',
    });
    const folder = reportsFolderOf(dataDir);
    this.copy = new ReportCopy({ feed: new ReportFeed(connection), folder, logger, failures });
    const liveFailures = new OutageLog(logger, {
      begins: 'live events cannot follow MongoDB; they will continue from there when it answers',
      ends: 'live events follow MongoDB again',
    });
    this.live = new LiveFeed(new LiveChanges(connection), liveFailures, live);
    this.server = new QuestionServer(new QuestionRunner(this.copy, timeoutMs), this.copy, this.live, logger);
  }

  /** Answers questions and follows MongoDB until `stop`. */
  async start(): Promise<void> {
    const socketPath = readerSocketOf(this.options.dataDir);
    prepareSocketFolder(socketPath);
    await this.server.listen(socketPath);
    this.running = this.copy.run();
  }

  async stop(): Promise<void> {
    this.copy.stop();
    await this.live.stop();
    await this.server.close();
    await this.running;
  }
}
