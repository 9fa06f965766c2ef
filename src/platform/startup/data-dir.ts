import {
  accessSync,
  chmodSync,
  constants,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { isAlive, startMark } from './process-info.js';
import { StartupError } from './startup-error.js';

const LOCK_FILE = 'hopback.lock';

/**
 * Creates the data folder, or closes an existing one to other users, and locks it for this process. The lock names its
 * holder by pid and start time, so that a lock left by `kill -9` is recognised as stale at once.
 * @returns a function that releases the folder.
 * @throws StartupError when the folder cannot be written or another living process holds it.
 */
export function claimDataDir(dataDir: string): () => void {
  ensureWritable(dataDir);
  const lock = join(dataDir, LOCK_FILE);
  const mine = `${lock}.${process.pid}`;
  try {
    writeFileSync(mine, JSON.stringify({ pid: process.pid, started: startMark(process.pid) }), { mode: 0o600 });
    while (!linked(mine, lock)) removeStale(lock, dataDir);
  } catch (error) {
    throw error instanceof StartupError ? error : notWritable(dataDir, error);
  } finally {
    rmSync(mine, { force: true });
  }
  return () => {
    if (readHolder(lock)?.pid === process.pid) rmSync(lock, { force: true });
  };
}

/** A hard link appears with all its content or not at all, and never replaces another file. */
function linked(mine: string, lock: string): boolean {
  try {
    linkSync(mine, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Of two processes that start at once, one renames the stale lock. The other finds no lock, or a fresh one. */
function removeStale(lock: string, dataDir: string): void {
  refuseIfHeld(readHolder(lock), dataDir);
  const aside = `${lock}.stale-${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  try {
    refuseIfHeld(readHolder(aside), dataDir); // a fresh lock, created between the two checks
  } catch (error) {
    linked(aside, lock);
    throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

interface Holder {
  pid: number;
  started: string | undefined;
}

function refuseIfHeld(holder: Holder | undefined, dataDir: string): void {
  if (holder === undefined || holder.pid === process.pid || !isAlive(holder.pid)) return;
  if (startMark(holder.pid) !== holder.started) return; // another program has this pid now
  throw new StartupError([
    `${dataDir} is in use by another Hopback (process ${holder.pid}): stop it, or set DATA_DIR to another folder.`,
  ]);
}

function readHolder(lock: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(lock, 'utf8')) as { pid?: unknown; started?: unknown };
    if (typeof holder.pid !== 'number') return undefined;
    return { pid: holder.pid, started: typeof holder.started === 'string' ? holder.started : undefined };
  } catch {
    return undefined; // half-written by a killed process, or removed meanwhile
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
  closeToOthers(dataDir);
}

/**
 * The folder holds secrets, and not every file in it can have its own mode. A folder that cannot be closed is used with
 * a warning: it may belong to another user, or be on a file system without modes.
 */
function closeToOthers(dataDir: string): void {
  if (process.platform === 'win32') return;
  const modeOf = (): number => statSync(dataDir).mode & 0o777;
  const before = modeOf();
  if ((before & 0o077) === 0) return;
  try {
    chmodSync(dataDir, before & 0o700);
  } catch {
    // reported below
  }
  if ((modeOf() & 0o077) === 0) {
    process.stdout.write(
      `• Data folder: ${dataDir} was open to other users (mode ${octal(before)}); now only its owner reads it\n`,
    );
    return;
  }
  process.stderr.write(
    `hopback: DATA_DIR ${dataDir} is open to other users (mode ${octal(before)}) and cannot be closed by this one: run chmod 700 on it as its owner, as it holds secrets.\n`,
  );
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

function notWritable(dataDir: string, error: unknown): StartupError {
  const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
  return new StartupError([
    `DATA_DIR ${dataDir} cannot be written (${reason}): give this user write permission, or set DATA_DIR to another folder.`,
  ]);
}
