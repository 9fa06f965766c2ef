import { accessSync, constants, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, startMark } from './process-info.js';
import { StartupError } from './startup-error.js';

const LOCK_FILE = 'hopback.lock';

/**
 * Creates the data folder and takes it for this process. The lock names its holder by pid and start time, so that one
 * left by `kill -9` is known to be stale at once, without waiting.
 * @returns a function that gives the folder back.
 * @throws StartupError when the folder can not be written or another living process holds it.
 */
export function claimDataDir(dataDir: string): () => void {
  ensureWritable(dataDir);
  const lock = join(dataDir, LOCK_FILE);
  const mine = JSON.stringify({ pid: process.pid, started: startMark(process.pid) });
  for (;;) {
    try {
      writeFileSync(lock, mine, { flag: 'wx', mode: 0o600 });
      return () => rmSync(lock, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw notWritable(dataDir, error);
    }
    const holder = readHolder(lock);
    if (
      holder !== undefined &&
      holder.pid !== process.pid &&
      isAlive(holder.pid) &&
      startMark(holder.pid) === holder.started
    ) {
      throw new StartupError([
        `${dataDir} is in use by another Hopback (process ${holder.pid}): stop it, or set DATA_DIR to another folder.`,
      ]);
    }
    rmSync(lock, { force: true });
  }
}

function readHolder(lock: string): { pid: number; started: string | undefined } | undefined {
  try {
    const holder = JSON.parse(readFileSync(lock, 'utf8')) as { pid?: unknown; started?: unknown };
    if (typeof holder.pid !== 'number') return undefined;
    return { pid: holder.pid, started: typeof holder.started === 'string' ? holder.started : undefined };
  } catch {
    return undefined; // half-written by a process that was killed, or gone meanwhile
  }
}

function ensureWritable(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    if (!statSync(dataDir).isDirectory()) throw new Error('it is not a folder');
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw notWritable(dataDir, error);
  }
}

function notWritable(dataDir: string, error: unknown): StartupError {
  const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
  return new StartupError([
    `DATA_DIR ${dataDir} can not be written (${reason}): give this user write permission, or set DATA_DIR to another folder.`,
  ]);
}
