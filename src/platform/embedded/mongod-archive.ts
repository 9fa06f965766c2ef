import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { DryMongoBinary } from 'mongodb-memory-server-core';
import { LockFile } from 'mongodb-memory-server-core/lib/util/lockfile.js';
import { MongoBinaryDownload } from 'mongodb-memory-server-core/lib/util/MongoBinaryDownload.js';
import { lockfilePath, mkdir } from 'mongodb-memory-server-core/lib/util/utils.js';
import { expectHash } from './altered-binary-error.js';
import { sha256Of } from './sha256.js';

/** The release that is downloaded from MongoDB's makers where the network lets it. */
const VERSION = '8.2.6';
const RECORD = '.sha256';

/**
 * The download of mongodb-memory-server, which by itself checks neither the server's certificate nor the archive. There
 * is an archive for each of some twenty systems, so the hash that its makers publish beside it is compared, not a pinned one.
 */
export class ArchiveDownload extends MongoBinaryDownload {
  /** Runs between download and unpacking. @throws AlteredBinaryError; the archive is gone then. */
  override async makeMD5check(md5Url: string, archive: string): Promise<boolean> {
    try {
      const list = await this.download(md5Url.replace(/\.md5$/, '.sha256'));
      const published = /^[0-9a-f]{64}\b/i.exec(await readFile(list, 'utf8'))?.[0];
      await rm(list, { force: true });
      if (published === undefined) throw new Error(`there is no SHA-256 to compare ${basename(archive)} with`);
      expectHash(archive, published.toLowerCase(), await sha256Of(archive));
      return true;
    } catch (error) {
      await rm(archive, { force: true });
      throw error;
    }
  }
}

/** @returns the path of mongod. @throws Error that says what failed. */
export async function downloadMongod(downloads: string): Promise<string> {
  await mkdir(downloads);
  const lock = await LockFile.lock(lockfilePath(downloads, VERSION));
  try {
    const download = new ArchiveDownload({ downloadDir: downloads, version: VERSION });
    const path = await withCertificates(() => download.getMongodPath());
    await recordHash(path);
    return path;
  } finally {
    await lock.unlock();
  }
}

/**
 * The mongod that an earlier start has downloaded. Its hash was noted then; one of an earlier version of Hopback has no
 * note yet and gets it now.
 * @throws AlteredBinaryError when it has changed since.
 */
export async function cachedMongod(downloads: string): Promise<string | undefined> {
  const path = await DryMongoBinary.locateBinary({ downloadDir: downloads, version: VERSION });
  if (path === undefined) return undefined;
  const noted = await readFile(path + RECORD, 'utf8').catch(() => undefined);
  if (noted === undefined) await recordHash(path);
  else expectHash(path, noted.slice(0, 64), await sha256Of(path));
  return path;
}

/** As `sha256sum` writes it, so that it can be checked manually. */
async function recordHash(path: string): Promise<void> {
  await writeFile(path + RECORD, `${await sha256Of(path)} *${basename(path)}\n`, { mode: 0o600 });
}

/** mongodb-memory-server takes any certificate unless npm says otherwise. */
async function withCertificates<T>(work: () => Promise<T>): Promise<T> {
  const name = 'npm_config_strict_ssl';
  const before = process.env[name];
  process.env[name] = 'true';
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  }
}
