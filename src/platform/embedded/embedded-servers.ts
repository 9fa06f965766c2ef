import { join } from 'node:path';
import type { Settings } from '../config/settings.js';
import type { Progress } from '../startup/progress.js';
import { StartupError } from '../startup/startup-error.js';
import { AlteredBinaryError } from './altered-binary-error.js';
import { findMongod, findRedis } from './binaries.js';
import { startMongod } from './mongod.js';
import { type EmbeddedRedis, startRedis } from './redis-server.js';

/** Where the databases are, ours or the operator's. */
export interface Databases {
  mongodbUri: string;
  /** `undefined`: no Redis can be had; one instance can do without. */
  redisUrl: string | undefined;
  /** Ends what was started here; an operator's own servers are left alone. */
  stop(): Promise<void>;
}

/** Takes the databases that the settings name, and starts an embedded one for each that they do not name. */
export async function provideDatabases(settings: Settings, progress: Progress): Promise<Databases> {
  const [mongod, redis] = await Promise.allSettled([
    settings.mongodbUri === undefined ? embeddedMongod(settings, progress) : undefined,
    settings.redisUrl === undefined ? embeddedRedis(settings, progress) : undefined,
  ]);
  const started = [mongod, redis].flatMap((result) =>
    result.status === 'fulfilled' && result.value ? [result.value] : [],
  );
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((server) => server.stop()));
  };
  const failure = [mongod, redis].find((result) => result.status === 'rejected');
  if (failure) {
    await stop();
    throw failure.reason;
  }
  return {
    mongodbUri: settings.mongodbUri ?? (mongod.status === 'fulfilled' ? (mongod.value?.uri ?? '') : ''),
    redisUrl: settings.redisUrl ?? (redis.status === 'fulfilled' ? redis.value?.url : undefined),
    stop,
  };
}

async function embeddedMongod(settings: Settings, progress: Progress): ReturnType<typeof startMongod> {
  const binary = await progress(
    'MongoDB binary',
    () => findMongod(settings.cacheDir),
    ({ path }) => path,
  );
  return progress(
    'MongoDB',
    () => startMongod(binary, join(settings.dataDir, 'mongodb')),
    () => `${binary.version}, embedded, running`,
  );
}

/** Redis carries news between instances; one instance works without it, and says so once. */
async function embeddedRedis(settings: Settings, progress: Progress): Promise<EmbeddedRedis | undefined> {
  let binary;
  try {
    binary = await progress(
      'Redis binary',
      () => findRedis(settings.cacheDir),
      ({ path }) => path,
    );
  } catch (error) {
    if (!(error instanceof StartupError) || error instanceof AlteredBinaryError) throw error;
    process.stdout.write(`• Redis: continuing without it (one instance only). ${error.message}\n`);
    return undefined;
  }
  const { kind, version } = binary;
  return progress(
    'Redis',
    () => startRedis(binary, join(settings.dataDir, 'redis')),
    () => `${kind} ${version}, embedded, running`,
  );
}
