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
 * Creates the data folder, or closes an existing one to all others, and takes it for this process. The lock names its holder by pid and start time, so that one
 * left by `kill -9` is known to be stale at once, without waiting.
 * @returns a function that gives the folder back.
 * @throws StartupError when the folder can not be written or another living process holds it.
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

/** A link appears with all its content or not at all, and never over another one. */
function linked(mine: string, lock: string): boolean {
  try {
    linkSync(mine, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Of two that start at once, one renames the stale lock away; the other finds it gone, or a fresh one in its place. */
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
    refuseIfHeld(readHolder(aside), dataDir); // a fresh one that came between our two looks
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
  if (startMark(holder.pid) !== holder.started) return; // the pid is another program's now
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
  closeToOthers(dataDir);
}

/**
 * The folder holds secrets, and not every file in it can be given a mode of its own. One that cannot be closed is used all
 * the same, with a warning: it may belong to another user, or be on a file system without modes.
 */
function closeToOthers(dataDir: string): void {
  if (process.platform === 'win32') return;
  const modeOf = (): number => statSync(dataDir).mode & 0o777;
  const before = modeOf();
  if ((before & 0o077) === 0) return;
  try {
    chmodSync(dataDir, before & 0o700);
  } catch {
    // said below
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
    `DATA_DIR ${dataDir} can not be written (${reason}): give this user write permission, or set DATA_DIR to another folder.`,
  ]);
}
