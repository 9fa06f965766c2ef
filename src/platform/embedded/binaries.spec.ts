import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AlteredBinaryError } from './altered-binary-error.js';
import { findMongod, findRedis } from './binaries.js';
import { pinnedBinaries } from './pinned-binaries.js';

let folder: string;
let cache: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopback-binaries-'));
  cache = join(folder, 'cache');
  mkdirSync(cache);
  mkdirSync(join(folder, 'bin'));
  vi.stubEnv('PATH', join(folder, 'bin'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** Says the version of the real one, and leaves a trace when it is executed. */
function impostor(path: string, says: string): void {
  writeFileSync(path, `#!/bin/sh\n: > ${folder}/executed\necho "${says}"\n`);
  chmodSync(path, 0o755);
}

describe.runIf(pinnedBinaries())('S14 a cached binary that is not the pinned one', () => {
  it.each([
    ['mongod', findMongod, 'mongod-6.0.5', 'db version v6.0.5'],
    ['Redis', findRedis, 'valkey-9.1.2', 'Valkey server v=9.1.2 sha=0'],
  ] as const)('is refused with what to do, and never executed (%s)', async (_, find, name, says) => {
    impostor(join(cache, name), says);
    const refusal = find(cache);
    await expect(refusal).rejects.toThrow(AlteredBinaryError);
    await expect(refusal).rejects.toThrow(
      new RegExp(`${name} is not the file that it should be .*was not executed.*Delete it and start again`),
    );
    expect(existsSync(join(folder, 'executed'))).toBe(false);
  });

  it('is not silently replaced by another one, which would hide the mistake', async () => {
    writeFileSync(join(cache, 'mongod-6.0.5'), '');
    chmodSync(join(cache, 'mongod-6.0.5'), 0o755);
    await expect(findMongod(cache)).rejects.toThrow(/is not the file/);
    expect(statSync(join(cache, 'mongod-6.0.5')).size).toBe(0);
  });

  it('S14 cannot be put there by others: their right to write in the folder is taken away before the look', async () => {
    chmodSync(cache, 0o777);
    impostor(join(cache, 'valkey-9.1.2'), 'Valkey server v=9.1.2 sha=0');
    await expect(findRedis(cache)).rejects.toThrow(AlteredBinaryError);
    expect(statSync(cache).mode & 0o777).toBe(0o755);
  });
});

describe('a binary on PATH', () => {
  it('is the operator’s, and taken as it is', async () => {
    impostor(join(folder, 'bin', 'redis-server'), 'Redis server v=7.0.15 sha=0');
    await expect(findRedis(cache)).resolves.toMatchObject({ kind: 'redis', version: '7.0.15' });
  });
});
