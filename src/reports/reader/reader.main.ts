import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '../../platform/logging/logger.js';
import { CONNECTION_OPTIONS } from '../../platform/mongo/connection-options.js';
import { type Connection, createConnection } from '../../platform/mongo/driver.js';
import { runInIdleTime } from '../../platform/startup/lower-priority.js';
import type { CopyAnswererOptions } from './copy-answerer.js';
import type { FromReader, ReaderStart, ToReader } from './reader-messages.js';
import type { ReportAnswerer } from './report-answerer.js';
import { ReportReader } from './report-reader.js';

// The entry of the reader's process. It ends with the process that started it (reader-process.ts).
const REPORT_EVERY_MS = 1_000;
const RETRY_MS = 1_000;

let reader: ReportReader | undefined;
let isStopping = false;

async function run(start: ReaderStart): Promise<void> {
  const logger = createLogger(start);
  await runInIdleTime(); // redirects and the shipping of clicks go first
  const createAnswerer = await loadAnswerer(start.source);
  const connection = await connected(start.mongodbUri);
  if (connection === undefined) return;
  const options = { connection, dataDir: start.dataDir, logger };
  const current = new ReportReader(createAnswerer(options), options);
  reader = current;
  await current.start();
  setInterval(() => send({ type: 'report', status: current.getStatus() }), REPORT_EVERY_MS);
}

/** Retries until MongoDB answers. A client whose first attempt failed cannot be used again. */
async function connected(uri: string): Promise<Connection | undefined> {
  while (!isStopping) {
    const connection = createConnection(uri, { ...CONNECTION_OPTIONS, maxPoolSize: 4, autoIndex: false });
    try {
      return await connection.asPromise();
    } catch {
      await connection.close().catch(() => undefined);
      await sleep(RETRY_MS);
    }
  }
  return undefined;
}

/** DuckDB is native code, which some machines cannot run. There, reports are read from MongoDB. */
async function loadAnswerer(source: ReaderStart['source']): Promise<(options: CopyAnswererOptions) => ReportAnswerer> {
  if (source === 'copy') {
    try {
      return (await import('./copy-answerer.js')).createCopyAnswerer;
    } catch (error) {
      const [reason = ''] = (error as Error).message.split('\n', 1);
      send({ type: 'no_duckdb', reason });
    }
  }
  const { MongoAnswerer } = await import('../fallback/mongo-answerer.js');
  return (options) => new MongoAnswerer(options);
}

function send(message: FromReader): void {
  if (process.connected) process.send?.(message);
}

async function stop(): Promise<void> {
  isStopping = true;
  await reader?.stop();
  process.exit(0);
}

// A terminal sends signals to all processes of a group. The parent process says when to stop.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit(0));
process.on('message', (message: ToReader) => {
  if (message.type === 'stop') {
    void stop();
    return;
  }
  run(message).catch((error: unknown) => {
    process.stderr.write(`hopback: the reader of reports: ${(error as Error).stack ?? String(error)}\n`);
    process.exit(1);
  });
});
