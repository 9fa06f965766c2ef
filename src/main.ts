import 'reflect-metadata';
import cluster from 'node:cluster';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readEnvFile } from './platform/config/env-file.js';
import type { ShipperReport } from './clicks/shipper/shipper-messages.js';
import { spoolRootOf } from './platform/spool/spool-root.js';
import { FIRST_API_KEY_FILE } from './first-api-key-file.js';
import type { Databases } from './platform/embedded/embedded-servers.js';
import { readSettings, type Settings } from './platform/config/settings.js';
import { createLogger } from './platform/logging/logger.js';
import { checkPort } from './platform/startup/check-port.js';
import { claimDataDir } from './platform/startup/data-dir.js';
import { printProgress } from './platform/startup/progress.js';
import { StartupError } from './platform/startup/startup-error.js';
import { hasSnapshot } from './redirect/snapshot/snapshot-file.js';

/** What was started and must be ended, last one first, however the process comes to its end. */
const closers: (() => Promise<void> | void)[] = [];
let closing: Promise<void> | undefined;
let firstSignalAt = 0;
/** Ctrl+C under npm arrives twice at once; a second one later than this is a person who does not want to wait. */
const IMPATIENT_MS = 1_000;
/** How long a signal waits for databases that are just being started. */
const START_PATIENCE_MS = 3_000;
/** How long a start waits for MongoDB when it can serve the links of the last run meanwhile. */
const SHORT_PATIENCE_MS = 1_500;

async function start(): Promise<void> {
  const settings = readSettings(process.env, readEnvFile(resolve('.env')));
  if (cluster.isWorker) {
    const { runWorker } = await import('./worker.js');
    runWorker(settings);
    return;
  }
  obeySignals();
  process.umask(0o077); // what is written is for this user only; the databases' processes inherit that
  await checkPort(settings.port, settings.host);
  closers.push(claimDataDir(settings.dataDir));
  // What is big is loaded late: a slip in the settings is answered at once, and loading goes on while the databases start.
  const isComplete = await checkDatabases(settings);

  const { provideDatabases } = await import('./platform/embedded/embedded-servers.js');
  const starting = provideDatabases(settings, printProgress);
  const loading = settings.workers === 1 ? import('./serving.js') : import('./worker-pool.js');
  closers.push(async () => {
    // A signal in the middle of the start does not wait for ever: what comes up later is ended by its watchers.
    const started = await Promise.race([starting.catch(() => undefined), sleep(START_PATIENCE_MS)]);
    await started?.stop();
  });
  const databases = await starting;
  await loading;
  if (closing !== undefined) return; // a signal came meanwhile
  const { showShipper } =
    settings.workers === 1
      ? await serveAlone(settings, databases, isComplete)
      : await serveByWorkers(settings, databases, isComplete);
  if (closing !== undefined) return;
  await ship(settings, databases, showShipper);
  const seconds = (performance.now() / 1000).toFixed(1);
  process.stdout.write(
    `Hopback is ready on ${settings.publicUrl} (docs: ${settings.publicUrl}/api/docs, started in ${seconds} s)\n`,
  );
}

type ShowShipper = (report: ShipperReport) => void;

/**
 * Whether the operator's own databases can be used. One that is away for the moment does not keep a Hopback from starting
 * that has run here before: it serves what it knows.
 * @throws StartupError
 */
async function checkDatabases({ mongodbUri, redisUrl, dataDir }: Settings): Promise<boolean> {
  const { checkMongodb, checkRedis, Unreachable } = await import('./platform/startup/preflight.js');
  const orElse = (goesOn: string) => (error: unknown) => {
    if (!(error instanceof Unreachable) || !hasSnapshot(dataDir, 0)) throw error;
    process.stderr.write(`hopback: ${error.message}; ${goesOn}\n`);
    return false;
  };
  const isThere = (): boolean => true;
  if (redisUrl !== undefined) await checkRedis(redisUrl).catch(orElse('going on without until it can'));
  if (mongodbUri === undefined) return true;
  const patienceMs = hasSnapshot(dataDir, 0) ? SHORT_PATIENCE_MS : undefined;
  return checkMongodb(mongodbUri, patienceMs).then(
    isThere,
    orElse('starting with the links of the last run until it can'),
  );
}

async function serveAlone(
  settings: Settings,
  { mongodbUri, redisUrl }: Databases,
  isComplete: boolean,
): Promise<{ showShipper: ShowShipper }> {
  const { Serving } = await import('./serving.js');
  const { isReachable } = await import('./worker.js');
  const serving = new Serving({ settings, logger: createLogger(settings.logLevel), mongodbUri, redisUrl });
  closers.push(() => serving.close());
  if (!isComplete) announceOffline(settings, await serving.serveSnapshot(0));
  const key = isComplete ? await serving.boot() : await serving.bootWhenPossible(() => isReachable(mongodbUri));
  if (closing === undefined) await serving.serve(0);
  if (key !== undefined) printKey(key, resolve(settings.dataDir, FIRST_API_KEY_FILE));
  return { showShipper: (report) => serving.showShipper(report) };
}

async function serveByWorkers(
  settings: Settings,
  { mongodbUri, redisUrl }: Databases,
  isComplete: boolean,
): Promise<{ showShipper: ShowShipper }> {
  if (redisUrl === undefined) {
    throw new StartupError(['WORKERS above 1 needs a Redis, to tell each worker of changes: set REDIS_URL.']);
  }
  const { WorkerPool } = await import('./worker-pool.js');
  const pool = new WorkerPool({ workers: settings.workers, mongodbUri, redisUrl, startsOffline: !isComplete });
  closers.push(() => pool.stop());
  const key = await pool.start((links) => announceOffline(settings, links));
  if (key !== undefined) printKey(key, resolve(settings.dataDir, FIRST_API_KEY_FILE));
  return { showShipper: (report) => pool.showShipper(report) };
}

/** Clicks are brought into MongoDB by a process of their own. */
async function ship(settings: Settings, { mongodbUri }: Databases, onReport: ShowShipper): Promise<void> {
  const { superviseShipper } = await import('./clicks/shipper/shipper-process.js');
  const { geoCityDb, geoAsnDb, logLevel, workers } = settings;
  const start = { mongodbUri, spoolRoot: spoolRootOf(settings.dataDir), workers, geoCityDb, geoAsnDb, logLevel };
  const shipper = await superviseShipper(start, onReport);
  // It must outlive those that write to the spool, so that it ships their last clicks.
  closers.splice(closers.length - 1, 0, () => shipper.stop());
}

function announceOffline({ publicUrl }: Settings, links: number | undefined): void {
  process.stdout.write(`• MongoDB is away: ${links ?? 0} links of the last run are served on ${publicUrl} meanwhile\n`);
}

function printKey(key: string, file: string): void {
  process.stdout.write(
    `• First start: your API key is ${key} (shown this once; also in ${file}, delete that file when you have it)\n`,
  );
}

function close(): Promise<void> {
  closing ??= (async () => {
    for (const closer of closers.toReversed()) {
      try {
        await closer();
      } catch (error) {
        process.stderr.write(`hopback: while stopping: ${(error as Error).message}\n`);
      }
    }
  })();
  return closing;
}

function obeySignals(): void {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (closing !== undefined && Date.now() - firstSignalAt > IMPATIENT_MS) process.exit(1);
      firstSignalAt ||= Date.now();
      void close().then(() => process.exit(0));
    });
  }
}

function report(error: unknown): void {
  const lines = error instanceof StartupError ? error.problems : [(error as Error).stack ?? String(error)];
  for (const line of lines) process.stderr.write(`hopback: ${line}\n`);
}

try {
  await start();
} catch (error) {
  // Once a signal has come, errors only say that databases end under the start; the signal's handler ends the process.
  if (closing === undefined) {
    report(error);
    await close();
    process.exit(1);
  }
}
