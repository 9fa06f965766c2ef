import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mongoose';
import { afterAll, expect, it } from 'vitest';
import { readSettings } from '../../src/platform/config/settings.js';
import { findMongod } from '../../src/platform/embedded/binaries.js';
import { startMongod } from '../../src/platform/embedded/mongod.js';
import { eventually } from '../support/eventually.js';
import { freeze, processesIn, thaw } from '../support/system/system-processes.js';
import { cleanEnvironment, cleanUp, Program, temporaryFolder, unusedPort } from '../support/system/system-program.js';

afterAll(cleanUp);

async function ping(uri: string): Promise<unknown> {
  const connection = await createConnection(uri).asPromise();
  try {
    return await connection.db?.command({ ping: 1 });
  } finally {
    await connection.close();
  }
}

/** A mongod that was left over while it started: it has the data, and the lock file does not name it yet. */
async function orphanThatStarts(mongod: string, dbPath: string): Promise<Program> {
  const address = ['--bind_ip', '127.0.0.1', '--port', String(await unusedPort()), '--nounixsocket'];
  const orphan = new Program(mongod, ['--dbpath', dbPath, ...address], { cwd: dbPath, env: cleanEnvironment() });
  await orphan.waitFor(/Opening WiredTiger/);
  await freeze(orphan.pid);
  expect(readFileSync(join(dbPath, 'mongod.lock'), 'utf8').trim()).not.toBe(String(orphan.pid));
  return orphan;
}

it('the embedded mongod starts though one that was left over has its data and cannot be found yet', async () => {
  const binary = await findMongod(readSettings(cleanEnvironment()).cacheDir);
  const dbPath = join(temporaryFolder(), 'db');
  mkdirSync(dbPath);
  const orphan = await orphanThatStarts(binary.path, dbPath);
  const starting = startMongod(binary, dbPath);

  const refused = new Set<number>();
  await eventually(
    () => {
      const others = processesIn(dbPath).filter(({ pid, command }) => pid !== orphan.pid && /--replSet/.test(command));
      for (const { pid } of others) refused.add(pid);
      return refused.size;
    },
    (count) => count >= 2,
  );
  thaw(orphan.pid);
  const mongod = await starting;
  expect(await orphan.exited).toBe('SIGKILL');
  expect(await ping(mongod.uri)).toMatchObject({ ok: 1 });
  await mongod.stop();
});
