import { join } from 'node:path';

/** The folder below which each worker has its spool. */
export function spoolRootOf(dataDir: string): string {
  return join(dataDir, 'spool');
}

/** The spool folder of one worker: 0 for the first. */
export function workerFolder(root: string, worker: number): string {
  return join(root, String(worker));
}
