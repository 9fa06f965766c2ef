import 'reflect-metadata';
import { resolve } from 'node:path';
import { closeApp, createApp } from './app.js';
import { FIRST_API_KEY_FILE, FirstStart } from './first-start.service.js';
import { readEnvFile } from './platform/config/env-file.js';
import { readSettings, type Settings } from './platform/config/settings.js';
import { provideDatabases } from './platform/embedded/embedded-servers.js';
import { Instances } from './platform/instances/instances.service.js';
import { createLogger } from './platform/logging/logger.js';
import { claimDataDir } from './platform/startup/data-dir.js';
import { checkMongodb, checkPort, checkRedis, portError } from './platform/startup/preflight.js';
import { printProgress } from './platform/startup/progress.js';
import { StartupError } from './platform/startup/startup-error.js';

/** What was started and must be ended, last one first, however the process comes to its end. */
const closers: (() => Promise<void> | void)[] = [];
let closing: Promise<void> | undefined;
let firstSignalAt = 0;
/** Ctrl+C under npm arrives twice at once; a second one later than this is a person who does not want to wait. */
const IMPATIENT_MS = 1_000;

async function start(): Promise<void> {
  const begin = performance.now();
  const settings = readSettings(process.env, readEnvFile(resolve('.env')));
  const logger = createLogger(settings.logLevel);
  await checkPort(settings.port, settings.host);
  closers.push(claimDataDir(settings.dataDir));
  if (settings.mongodbUri !== undefined) await checkMongodb(settings.mongodbUri);
  if (settings.redisUrl !== undefined) await checkRedis(settings.redisUrl);

  const databases = await provideDatabases(settings, printProgress);
  closers.push(() => databases.stop());
  const app = await createApp({ settings, logger, ...databases });
  closers.push(() => closeApp(app));
  await app.get(Instances).join();
  const generatedKey = await app.get(FirstStart).prepare();

  await app.listen(settings.port, settings.host).catch((error: unknown) => {
    throw portError(error, settings.port, settings.host);
  });
  if (generatedKey !== undefined) printKey(generatedKey, settings);
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  process.stdout.write(
    `Hopback is ready on ${settings.publicUrl} (docs: ${settings.publicUrl}/api/docs, started in ${seconds} s)\n`,
  );
}

function printKey(key: string, { dataDir }: Settings): void {
  process.stdout.write(
    `• First start: your API key is ${key} (shown this once; also in ${resolve(dataDir, FIRST_API_KEY_FILE)}, delete that file when you have it)\n`,
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

try {
  await start();
} catch (error) {
  const lines = error instanceof StartupError ? error.problems : [(error as Error).stack ?? String(error)];
  for (const line of lines) process.stderr.write(`hopback: ${line}\n`);
  await close();
  process.exit(1);
}
