import type { Logger } from 'pino';
import { OutageLog } from '../../platform/logging/outage-log.js';
import type { Connection } from '../../platform/mongo/driver.js';
import { LiveChanges } from '../live/live-changes.repository.js';
import { LiveFeed, type LiveFeedOptions } from '../live/live-feed.js';
import { QuestionServer } from './question-server.js';
import { prepareSocketFolder, readerSocketOf } from './reader-socket.js';
import type { DataStatus, ReportAnswerer } from './report-answerer.js';

// src/reports/reader: the process that answers reports over a socket (question-server.ts). It keeps a copy of clicks,
// conversions and links in a DuckDB file (copy-answerer.ts; report-copy.ts follows MongoDB, facts/ is the file,
// question-runner.ts and find-report.ts answer). Without DuckDB, ../fallback/ answers. The pure code is in ../rules. Start here.

export interface ReportReaderOptions {
  connection: Connection;
  dataDir: string;
  logger: Logger;
  /** Limits of live events where they differ from the defaults. */
  live?: LiveFeedOptions;
}

/** The server of reports and live events of this machine. */
export class ReportReader {
  private readonly live: LiveFeed;
  private readonly server: QuestionServer;
  private running: Promise<void> | undefined;

  constructor(
    private readonly answerer: ReportAnswerer,
    private readonly options: ReportReaderOptions,
  ) {
    const { connection, logger, live } = options;
    const liveFailures = new OutageLog(logger, {
      begins: 'live events cannot follow MongoDB; they will continue from there when it answers',
      ends: 'live events follow MongoDB again',
    });
    this.live = new LiveFeed(new LiveChanges(connection), liveFailures, live);
    this.server = new QuestionServer(answerer, this.live, logger);
  }

  getStatus(): DataStatus {
    return this.answerer.getStatus();
  }

  /** Answers questions until `stop`. */
  async start(): Promise<void> {
    const socketPath = readerSocketOf(this.options.dataDir);
    prepareSocketFolder(socketPath);
    await this.server.listen(socketPath);
    this.running = this.answerer.run();
  }

  async stop(): Promise<void> {
    this.answerer.stop();
    await this.live.stop();
    await this.server.close();
    await this.running;
  }
}
