import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { readSettings } from '../../src/platform/config/settings.js';
import { findRedis } from '../../src/platform/embedded/binaries.js';
import { provideDatabases } from '../../src/platform/embedded/embedded-servers.js';
import { startRedis } from '../../src/platform/embedded/redis-server.js';
import { silentProgress } from '../../src/platform/startup/progress.js';

declare module 'vitest' {
  interface ProvidedContext {
    mongodbUri: string;
    /** One for each worker: what is published on a Redis is heard by all that are connected to it. */
    redisUrls: string[];
  }
}

/** One real MongoDB for all tests that need it, and one real Redis for each worker; started and ended with the run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hopback-e2e-servers-'));
  const settings = { ...readSettings(process.env), dataDir, mongodbUri: undefined, redisUrl: undefined };
  const databases = await provideDatabases(settings, silentProgress);
  if (databases.redisUrl === undefined) throw new Error('the tests need a Redis server');
  const binary = await findRedis(settings.cacheDir);
  const others = await Promise.all(
    Array.from({ length: project.config.maxWorkers - 1 }, (_, i) => startRedis(binary, join(dataDir, `redis-${i}`))),
  );
  project.provide('mongodbUri', databases.mongodbUri);
  project.provide('redisUrls', [databases.redisUrl, ...others.map(({ url }) => url)]);
  return async () => {
    await Promise.all([databases, ...others].map((server) => server.stop()));
    rmSync(dataDir, { recursive: true, force: true });
  };
}
