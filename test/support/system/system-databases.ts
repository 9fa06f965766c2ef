import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mongoose';
import { readSettings } from '../../../src/platform/config/settings.js';
import { findMongod, findRedis } from '../../../src/platform/embedded/binaries.js';
import { freeze, thaw } from './system-processes.js';
import { cleanEnvironment, Program, temporaryFolder, unusedPort } from './system-program.js';

/** A database as an operator runs it: beside Hopback, and under the same URL whenever it runs. */
export class OwnDatabase {
  private program: Program | undefined;

  constructor(
    readonly url: string,
    private readonly launch: () => Promise<Program>,
  ) {}

  async start(): Promise<this> {
    this.program = await this.launch();
    return this;
  }

  async kill(): Promise<void> {
    this.program?.kill('SIGKILL');
    await this.program?.exited;
  }

  async freeze(): Promise<void> {
    if (this.program) await freeze(this.program.pid);
  }

  thaw(): void {
    if (this.program) thaw(this.program.pid);
  }
}

/** A running mongod without a replica set, or with one that was not initiated. */
export async function ownMongod(...args: string[]): Promise<OwnDatabase> {
  const { path } = await findMongod(readSettings(cleanEnvironment()).cacheDir);
  const folder = temporaryFolder();
  const dbPath = join(folder, 'db');
  mkdirSync(dbPath);
  const port = String(await unusedPort());
  const address = ['--nounixsocket', '--bind_ip', '127.0.0.1', '--port', port];
  const launch = async (): Promise<Program> => {
    const options = ['--dbpath', dbPath, '--wiredTigerCacheSizeGB', '0.25', ...args];
    const mongod = new Program(path, [...address, ...options], { cwd: folder, env: cleanEnvironment() });
    await mongod.waitFor(/Waiting for connections/);
    return mongod;
  };
  return new OwnDatabase(`mongodb://127.0.0.1:${port}/hopback`, launch).start();
}

/** A replica set of one mongod that runs. */
export async function ownReplicaSet(): Promise<OwnDatabase> {
  const mongod = await ownMongod('--replSet', 'rs0');
  const connection = await createConnection(`${mongod.url}?directConnection=true`).asPromise();
  const members = [{ _id: 0, host: new URL(mongod.url).host }];
  await connection
    .getClient()
    .db('admin')
    .command({ replSetInitiate: { _id: 'rs0', members } });
  await connection.close();
  return mongod;
}

/** A Redis or Valkey that runs. */
export async function ownRedis(): Promise<OwnDatabase> {
  const { path } = await findRedis(readSettings(cleanEnvironment()).cacheDir);
  const folder = temporaryFolder();
  const port = String(await unusedPort());
  const launch = async (): Promise<Program> => {
    const args = ['--bind', '127.0.0.1', '--port', port, '--dir', folder, '--save', ''];
    const redis = new Program(path, args, { cwd: folder, env: cleanEnvironment() });
    await redis.waitFor(/ready to accept connections/i);
    return redis;
  };
  return new OwnDatabase(`redis://127.0.0.1:${port}`, launch).start();
}
