import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { readSettings } from '../../src/platform/config/settings.js';
import { provideDatabases } from '../../src/platform/embedded/embedded-servers.js';
import { silentProgress } from '../../src/platform/startup/progress.js';

declare module 'vitest' {
  interface ProvidedContext {
    mongodbUri: string;
    redisUrl: string;
  }
}

/** One real MongoDB and one real Redis for all tests that need them, started and ended with the run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hopback-e2e-servers-'));
  const settings = { ...readSettings(process.env), dataDir, mongodbUri: undefined, redisUrl: undefined };
  const databases = await provideDatabases(settings, silentProgress);
  if (databases.redisUrl === undefined) throw new Error('the tests need a Redis server');
  project.provide('mongodbUri', databases.mongodbUri);
  project.provide('redisUrl', databases.redisUrl);
  return async () => {
    await databases.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
