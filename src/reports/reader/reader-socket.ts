import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Unix limits the path of a socket to 104 bytes or so (`sun_path` in unix(7)). */
const MAX_PATH_BYTES = 100;

/** The folder of the copy's files. */
export function reportsFolderOf(dataDir: string): string {
  return resolve(dataDir, 'reports');
}

/** The socket on which the reader of a data folder answers. All processes that know the folder find the same one. */
export function readerSocketOf(dataDir: string): string {
  const folder = reportsFolderOf(dataDir);
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\hopback-reports-${name}`;
  const inside = join(folder, 'reader.sock');
  if (Buffer.byteLength(inside) <= MAX_PATH_BYTES) return inside;
  return join(tmpdir(), `hopback-${process.getuid?.() ?? 0}-${name}`, 'reader.sock');
}

/**
 * Makes the folder of a socket, for this user alone.
 * @throws Error when the folder is another user's: answers could be of a foreign process then.
 */
export function prepareSocketFolder(socketPath: string): void {
  if (process.platform === 'win32') return;
  const folder = join(socketPath, '..');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(folder);
  const isOurs = uid === process.getuid?.() && (mode & 0o022) === 0;
  if (!isOurs) throw new Error(`${folder} belongs to another user or is writable by others`);
}
