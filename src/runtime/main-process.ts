import 'reflect-metadata';
import cluster from 'node:cluster';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readEnvFile } from '../platform/config/env-file.js';
import type { ReaderReport } from '../reports/reader/reader-messages.js';
import type { ShipperReport } from '../clicks/shipper/shipper-messages.js';
import { spoolRootOf } from '../platform/spool/spool-root.js';
import { FIRST_API_KEY_FILE } from './first-api-key-file.js';
import type { Databases } from '../platform/embedded/embedded-servers.js';
import { readSettings, type Settings } from '../platform/config/settings.js';
import type { FirstAccess } from './first-start.service.js';
import { Lifecycle } from './lifecycle.js';
import { watchLauncher } from './launcher.js';
import { createLogger } from '../platform/logging/logger.js';
import { checkPort } from '../platform/startup/check-port.js';
import { claimDataDir } from '../platform/startup/data-dir.js';
import { printProgress } from '../platform/startup/progress.js';
import { StartupError } from '../platform/startup/startup-error.js';
import { hasSnapshot } from '../redirect/snapshot/snapshot-file.js';

// src/runtime runs the application: processes, workers, serving, and the first start. Only src/main.ts is above it.
// Start here: this is the first process. It starts the databases, serves (serving.ts) or starts workers (worker-pool.ts), and
// starts the shipper. lifecycle.ts ends them in order; app.ts connects the modules.

const lifecycle = new Lifecycle((error) => process.stderr.write(`hopback: while stopping: ${error.message}\n`));
/** When the shutdown has begun, in milliseconds since 1970; 0 before it. */
let shutDownAt = 0;
/** Ctrl+C under npm arrives twice at once. A second signal after this time ends the process without a shutdown. */
const SECOND_SIGNAL_AFTER_MS = 1_000;
/** How long a signal waits for databases that are being started. */
const START_PATIENCE_MS = 3_000;
/** How long a start waits for MongoDB when it can serve the links of the last run meanwhile. */
const SHORT_PATIENCE_MS = 1_500;

export interface MainOptions {
  /** Shuts down when the `npm start` that has started this process ends. */
  endsWithNpm?: boolean;
}

/** Runs the first process, or a worker. Ends the process with code 1 when it cannot start. */
export async function runMain(options: MainOptions = {}): Promise<void> {
  try {
    await start(options);
  } catch (error) {
    // After a signal, an error only means that databases end during the start. The signal's handler ends the process.
    if (lifecycle.isEnding) return;
    report(error);
    await lifecycle.end();
    process.exit(1);
  }
}

async function start({ endsWithNpm = false }: MainOptions): Promise<void> {
  const settings = readSettings(process.env, readEnvFile(resolve('.env')));
  if (cluster.isWorker) {
    const { runWorker } = await import('./worker.js');
    runWorker(settings);
    return;
  }
  obeySignals();
  if (endsWithNpm) watchLauncher(() => shutDown());
  process.umask(0o077); // files are for this user only; the processes of the databases inherit that
  await checkPort(settings.port, settings.host);
  lifecycle.atShutdown('data folder', claimDataDir(settings.dataDir));
  // Large modules are loaded late: errors in the settings are reported at once, and loading continues while databases start.
  const isComplete = await checkDatabases(settings);

  const { provideDatabases } = await import('../platform/embedded/embedded-servers.js');
  const starting = provideDatabases(settings, printProgress);
  const loading = settings.workers === 1 ? import('./serving.js') : import('./worker-pool.js');
  lifecycle.atShutdown('databases', async () => {
    // A signal during the start does not wait forever: databases that come up later are ended by their watchers.
    const started = await Promise.race([starting.catch(() => undefined), sleep(START_PATIENCE_MS)]);
    await started?.stop();
  });
  const databases = await starting;
  await loading;
  if (lifecycle.isEnding) return; // a signal came meanwhile
  const { showShipper, showReader } =
    settings.workers === 1
      ? await serveAlone(settings, databases, isComplete)
      : await serveByWorkers(settings, databases, isComplete);
  if (lifecycle.isEnding) return;
  await ship(settings, databases, showShipper);
  await startReader(settings, databases, showReader);
  const seconds = (performance.now() / 1000).toFixed(1);
  process.stdout.write(
    `Hopback is ready on ${settings.publicUrl} (docs: ${settings.publicUrl}/api/docs, started in ${seconds} s)\n`,
  );
}

type ShowShipper = (report: ShipperReport) => void;
type ShowReader = (report: ReaderReport) => void;

/** Where the reports of the other processes are passed on to. */
interface Shown {
  showShipper: ShowShipper;
  showReader: ShowReader;
}

/**
 * Whether the operator's own databases can be used. A Hopback that has run here before starts also while a database is
 * unreachable, and serves the links of its snapshot.
 * @throws StartupError
 */
async function checkDatabases({ mongodbUri, redisUrl, dataDir }: Settings): Promise<boolean> {
  const { checkMongodb, checkRedis, Unreachable } = await import('../platform/startup/preflight.js');
  const orElse = (nextStep: string) => (error: unknown) => {
    if (!(error instanceof Unreachable) || !hasSnapshot(dataDir, 0)) throw error;
    process.stderr.write(`hopback: ${error.message}; ${nextStep}\n`);
    return false;
  };
  const isThere = (): boolean => true;
  if (redisUrl !== undefined) await checkRedis(redisUrl).catch(orElse('continuing without it until it can be used'));
  if (mongodbUri === undefined) return true;
  const patienceMs = hasSnapshot(dataDir, 0) ? SHORT_PATIENCE_MS : undefined;
  return checkMongodb(mongodbUri, patienceMs).then(
    isThere,
    orElse('starting with the links of the last run until it can be used'),
  );
}

async function serveAlone(
  settings: Settings,
  { mongodbUri, redisUrl }: Databases,
  isComplete: boolean,
): Promise<Shown> {
  const { Serving } = await import('./serving.js');
  const { isReachable } = await import('../platform/startup/preflight.js');
  const serving = new Serving({ settings, logger: createLogger(settings), mongodbUri, redisUrl });
  lifecycle.atShutdown('serving', () => serving.close());
  if (!isComplete) announceOffline(settings, await serving.serveSnapshot(0));
  const access = isComplete ? await serving.boot() : await serving.bootWhenPossible(() => isReachable(mongodbUri));
  if (!lifecycle.isEnding) await serving.serve(0);
  printAccess(access, settings);
  return {
    showShipper: (report) => serving.showShipper(report),
    showReader: (report) => serving.showReader(report),
  };
}

async function serveByWorkers(
  settings: Settings,
  { mongodbUri, redisUrl }: Databases,
  isComplete: boolean,
): Promise<Shown> {
  if (redisUrl === undefined) {
    throw new StartupError(['WORKERS above 1 needs a Redis, to tell each worker of changes: set REDIS_URL.']);
  }
  const { WorkerPool } = await import('./worker-pool.js');
  const pool = new WorkerPool({ workers: settings.workers, mongodbUri, redisUrl, startsOffline: !isComplete });
  lifecycle.atShutdown('serving', () => pool.stop());
  printAccess(await pool.start((links) => announceOffline(settings, links)), settings);
  return {
    showShipper: (report) => pool.showShipper(report),
    showReader: (report) => pool.showReader(report),
  };
}

/** A separate process ships clicks to MongoDB. */
async function ship(settings: Settings, { mongodbUri }: Databases, onReport: ShowShipper): Promise<void> {
  const { superviseShipper } = await import('../clicks/shipper/shipper-process.js');
  const { geoCityDb, geoAsnDb, logLevel, logFormat, workers } = settings;
  const spoolRoot = spoolRootOf(settings.dataDir);
  const start = { mongodbUri, spoolRoot, workers, geoCityDb, geoAsnDb, logLevel, logFormat };
  const shipper = await superviseShipper(start, onReport);
  lifecycle.atShutdown('shipper', () => shipper.stop());
}

/** A separate process answers reports. */
async function startReader(settings: Settings, { mongodbUri }: Databases, onReport: ShowReader): Promise<void> {
  if (!settings.hasReports) return;
  const { dataDir, reportSource: source, logLevel, logFormat } = settings;
  const { superviseReader } = await import('../reports/reader/reader-process.js');
  const reader = await superviseReader({ mongodbUri, dataDir, source, logLevel, logFormat }, onReport);
  lifecycle.atShutdown('reader', () => reader.stop());
}

function announceOffline({ publicUrl }: Settings, links: number | undefined): void {
  process.stdout.write(`• MongoDB is away: ${links ?? 0} links of the last run are served on ${publicUrl} meanwhile\n`);
}

function printAccess(access: FirstAccess | undefined, { dataDir }: Settings): void {
  const { apiKey, ownerLink } = access ?? {};
  const file = resolve(dataDir, FIRST_API_KEY_FILE);
  if (apiKey !== undefined) {
    process.stdout.write(
      `• First start: your API key is ${apiKey} (shown this once; also in ${file}, delete that file when you have it)\n`,
    );
  }
  if (ownerLink !== undefined) {
    process.stdout.write(`• No owner yet: sign up at ${ownerLink} (valid for a day; a new link: npm run owner-link)\n`);
  }
}

function obeySignals(): void {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (lifecycle.isEnding && Date.now() - shutDownAt > SECOND_SIGNAL_AFTER_MS) process.exit(1);
      shutDown();
    });
  }
}

function shutDown(): void {
  shutDownAt ||= Date.now();
  void lifecycle.end().then(() => process.exit(0));
}

function report(error: unknown): void {
  const lines = error instanceof StartupError ? error.problems : [(error as Error).stack ?? String(error)];
  for (const line of lines) process.stderr.write(`hopback: ${line}\n`);
}
