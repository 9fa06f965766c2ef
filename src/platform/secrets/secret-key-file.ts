import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const KEY_BYTES = 32;
const KEY = /^[0-9a-f]{64}$/;

export function secretKeyFileOf(dataDir: string): string {
  return join(dataDir, 'secret-key');
}

/** @returns the key; `undefined` when there is no file. @throws Error when the file has no key or cannot be read. */
export function readSecretKeyFile(dataDir: string): string | undefined {
  const path = secretKeyFileOf(dataDir);
  const content = readIfExists(path)?.trim();
  if (content === undefined || KEY.test(content)) return content;
  throw new Error(`${path} does not hold a key of 64 hexadecimal digits. Restore it from a backup, or set SECRET_KEY.`);
}

/**
 * Creates the file with a random key, readable only by its owner. It appears with all its content or not at all. Of several
 * processes that create it at once, one wins. @returns the key in the file.
 */
export function createSecretKeyFile(dataDir: string): string {
  const path = secretKeyFileOf(dataDir);
  const draft = `${path}.${randomBytes(6).toString('hex')}.draft`;
  const key = randomBytes(KEY_BYTES).toString('hex');
  try {
    writeDurably(draft, `${key}\n`);
    publish(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
  return readSecretKeyFile(dataDir) ?? key;
}

/** A link, unlike a renamed file, never replaces the file of another process. */
function publish(draft: string, path: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    renameSync(draft, path); // a file system without links
  }
}

function writeDurably(path: string, content: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function readIfExists(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
