import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartupError } from '../startup/startup-error.js';
import type { ServerBinary } from './binaries.js';

const FILE = 'hopback-server-version';

/**
 * Notes which server wrote this folder, and refuses one of another release series: mongod opens the files of its own
 * series only (and upgrades one series at a time, manually), but its own message does not explain that.
 */
export function rememberVersion(dataPath: string, binary: ServerBinary): void {
  const file = join(dataPath, FILE);
  const mine = `${binary.kind} ${series(binary.version)}`;
  const written = readNote(file);
  if (written !== undefined && written !== mine) {
    throw new StartupError([
      `${dataPath} was written by ${written}, but ${binary.path} is ${mine}: put ${written} on PATH before it, or move the data with mongodump and mongorestore.`,
    ]);
  }
  if (written === undefined) writeFileSync(file, `${mine}\n`);
}

/** 6.0.5 → 6.0 */
export function series(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

function readNote(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}
