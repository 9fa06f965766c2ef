import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DryMongoBinary } from 'mongodb-memory-server-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AlteredBinaryError } from './altered-binary-error.js';
import { ArchiveDownload, cachedMongod } from './mongod-archive.js';

const MD5_URL = 'https://downloads.example/linux/mongodb.tgz.md5';

let folder: string;
let archive: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopback-archive-'));
  archive = join(folder, 'mongodb.tgz');
  writeFileSync(archive, 'an archive');
  DryMongoBinary.binaryCache.clear();
});

afterEach(() => {
  DryMongoBinary.binaryCache.clear();
  rmSync(folder, { recursive: true, force: true });
});

function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** A download whose makers publish this beside the archive. */
function publishing(list: string): ArchiveDownload {
  const download = new ArchiveDownload({ downloadDir: folder, version: '8.2.6' });
  vi.spyOn(download, 'download').mockImplementation(async (url) => {
    expect(url).toBe('https://downloads.example/linux/mongodb.tgz.sha256');
    writeFileSync(join(folder, 'list'), list);
    return join(folder, 'list');
  });
  return download;
}

describe('S14 a downloaded archive of MongoDB', () => {
  it('is unpacked when it has the published SHA-256', async () => {
    const download = publishing(`${sha256(archive).toUpperCase()}  mongodb.tgz\n`);
    await expect(download.makeMD5check(MD5_URL, archive)).resolves.toBe(true);
    expect(existsSync(archive)).toBe(true);
    expect(existsSync(join(folder, 'list'))).toBe(false);
  });

  it.each([
    ['another one is published', '0'.repeat(64)],
    ['none is published', '<html>404</html>'],
    ['half of one is published', '0'.repeat(32)],
  ])('is deleted, and not unpacked, when %s', async (_, list) => {
    await expect(publishing(list).makeMD5check(MD5_URL, archive)).rejects.toThrow(/SHA-256/);
    expect(existsSync(archive)).toBe(false);
  });
});

describe('S14 a mongod that an earlier start has downloaded', () => {
  async function downloadedBefore(): Promise<string> {
    const options = await DryMongoBinary.generateOptions({ downloadDir: folder, version: '8.2.6' });
    const path = DryMongoBinary.combineBinaryName(folder, await DryMongoBinary.getBinaryName(options));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, Buffer.alloc(2 * 1024 * 1024, 1)); // smaller ones are taken for broken
    writeFileSync(`${path}.md5`, ''); // written by mongodb-memory-server after the unpacking
    return path;
  }

  it('is refused when it has changed since then', async () => {
    const path = await downloadedBefore();
    expect(await cachedMongod(folder)).toBe(path); // notes its hash
    expect(statSync(`${path}.sha256`).mode & 0o777).toBe(0o600);
    expect(await cachedMongod(folder)).toBe(path);
    writeFileSync(path, Buffer.alloc(2 * 1024 * 1024, 2));
    await expect(cachedMongod(folder)).rejects.toThrow(AlteredBinaryError);
  });

  it('is none where nothing was downloaded', async () => {
    expect(await cachedMongod(join(folder, 'nothing'))).toBeUndefined();
  });
});
