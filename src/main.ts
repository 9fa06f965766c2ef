import 'reflect-metadata';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readEnvFile } from './platform/config/env-file.js';
import { readSettings } from './platform/config/settings.js';
import { createLogger } from './platform/logging/logger.js';
import { checkPort, portError } from './platform/startup/check-port.js';
import { claimDataDir } from './platform/startup/data-dir.js';
import { printProgress } from './platform/startup/progress.js';
import { StartupError } from './platform/startup/startup-error.js';

/** What was started and must be ended, last one first, however the process comes to its end. */
const closers: (() => Promise<void> | void)[] = [];
let closing: Promise<void> | undefined;
let firstSignalAt = 0;
/** Ctrl+C under npm arrives twice at once; a second one later than this is a person who does not want to wait. */
const IMPATIENT_MS = 1_000;
/** How long a signal waits for databases that are just being started. */
const START_PATIENCE_MS = 3_000;

async function start(): Promise<void> {
  const settings = readSettings(process.env, readEnvFile(resolve('.env')));
  const logger = createLogger(settings.logLevel);
  await checkPort(settings.port, settings.host);
  closers.push(claimDataDir(settings.dataDir));
  // What is big is loaded late: a slip in the settings is answered at once, and loading goes on while the databases start.
  const { checkMongodb, checkRedis } = await import('./platform/startup/preflight.js');
  if (settings.mongodbUri !== undefined) await checkMongodb(settings.mongodbUri);
  if (settings.redisUrl !== undefined) await checkRedis(settings.redisUrl);

  const { provideDatabases } = await import('./platform/embedded/embedded-servers.js');
  const starting = provideDatabases(settings, printProgress);
  const loading = Promise.all([
    import('./app.js'),
    import('./first-start.service.js'),
    import('./platform/instances/instances.service.js'),
  ]);
  closers.push(async () => {
    // A signal in the middle of the start does not wait for ever: what comes up later is ended by its watchers.
    const started = await Promise.race([starting.catch(() => undefined), sleep(START_PATIENCE_MS)]);
    await started?.stop();
  });
  const databases = await starting;
  const [{ closeApp, createApp }, { FIRST_API_KEY_FILE, FirstStart }, { Instances }] = await loading;
  if (closing !== undefined) return; // a signal came meanwhile
  const app = await createApp({ settings, logger, ...databases });
  closers.push(() => closeApp(app));
  await app.get(Instances).join();
  const generatedKey = await app.get(FirstStart).prepare();

  await app.listen(settings.port, settings.host).catch((error: unknown) => {
    throw portError(error, settings.port, settings.host);
  });
  if (generatedKey !== undefined) printKey(generatedKey, resolve(settings.dataDir, FIRST_API_KEY_FILE));
  const seconds = (performance.now() / 1000).toFixed(1);
  process.stdout.write(
    `Hopback is ready on ${settings.publicUrl} (docs: ${settings.publicUrl}/api/docs, started in ${seconds} s)\n`,
  );
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

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (closing !== undefined && Date.now() - firstSignalAt > IMPATIENT_MS) process.exit(1);
    firstSignalAt ||= Date.now();
    void close().then(() => process.exit(0));
  });
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
