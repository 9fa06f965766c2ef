import { createHmac, randomBytes } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { StartupError } from '../startup/startup-error.js';

const KEY_FILE = 'hopback-key';
const KEY = /^[0-9a-f]{64}$/;
export const USER = 'hopback';

/** The secrets of the embedded mongod. */
export interface MongodCredentials {
  /** mongod's own secret (`--keyFile`), with which the start logs in as `__system` to set up the rest. */
  keyFile: string;
  key: string;
  /** Of the user that the program logs in as. */
  password: string;
}

/**
 * Reads the secret in mongod's data folder, and makes it where there is none: on a first start, and in a folder of a version
 * that asked for no password. The password is derived from it, so the two cannot differ after a kill. A lost or damaged file
 * is made anew, because the user's password follows it at each start.
 * @throws StartupError when the file is readable by others and cannot be closed to them: mongod would refuse it.
 */
export function mongodCredentials(dbPath: string): MongodCredentials {
  const keyFile = join(dbPath, KEY_FILE);
  const key = readKey(keyFile) ?? makeKey(keyFile);
  closeToOthers(keyFile);
  return { keyFile, key, password: createHmac('sha256', key).update(`password of ${USER}`).digest('hex') };
}

/** For the program. It may read and write, but neither make users nor change the server. */
export function mongodUri(host: string, { password }: MongodCredentials, replicaSet: string): string {
  const options = `authSource=admin&authMechanism=SCRAM-SHA-256&replicaSet=${replicaSet}`;
  return `mongodb://${USER}:${password}@${host}/hopback?${options}`;
}

function readKey(keyFile: string): string | undefined {
  try {
    const key = readFileSync(keyFile, 'utf8').trim();
    return KEY.test(key) ? key : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unusable(keyFile, error);
  }
}

/** Appears with all its content or not at all. */
function makeKey(keyFile: string): string {
  const key = randomBytes(32).toString('hex');
  const half = `${keyFile}.half`;
  try {
    const file = openSync(half, 'w', 0o600);
    try {
      writeSync(file, `${key}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(half, keyFile);
    return key;
  } catch (error) {
    throw unusable(keyFile, error);
  }
}

/** A copy to another machine may have opened it. */
function closeToOthers(keyFile: string): void {
  if (process.platform === 'win32') return;
  try {
    if ((statSync(keyFile).mode & 0o077) !== 0) chmodSync(keyFile, 0o600);
  } catch (error) {
    throw unusable(keyFile, error);
  }
}

function unusable(keyFile: string, error: unknown): StartupError {
  const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
  return new StartupError([
    `${keyFile} cannot be used (${reason}): it must belong to the user that runs Hopback, and be readable by no other.`,
  ]);
}
