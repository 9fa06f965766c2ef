import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { readSettings } from '../../../src/platform/config/settings.js';
import { findMongod, findRedis } from '../../../src/platform/embedded/binaries.js';
import { startMongod } from '../../../src/platform/embedded/mongod.js';
import { startRedis } from '../../../src/platform/embedded/redis-server.js';

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
  const { cacheDir } = readSettings(process.env);
  const [mongodBinary, redisBinary] = await Promise.all([findMongod(cacheDir), findRedis(cacheDir)]);
  // The workers keep all cores busy: a mongod that gives way to them would answer too late.
  const mongod = await startMongod(mongodBinary, join(dataDir, 'mongodb'), { givesWay: false });
  const redisServers = await Promise.all(
    Array.from({ length: project.config.maxWorkers }, (_, i) => startRedis(redisBinary, join(dataDir, `redis-${i}`))),
  );
  project.provide('mongodbUri', mongod.uri);
  project.provide(
    'redisUrls',
    redisServers.map(({ url }) => url),
  );
  return async () => {
    await Promise.all([mongod, ...redisServers].map((server) => server.stop()));
    rmSync(dataDir, { recursive: true, force: true });
  };
}
