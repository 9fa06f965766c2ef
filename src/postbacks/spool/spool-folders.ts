import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FolderReader } from '../../platform/spool/folder-reader.js';
import { LARGE_RECORDS } from '../../platform/spool/record.js';
import { listSegments } from '../../platform/spool/segments.js';
import { workerFolder } from '../../platform/spool/spool-root.js';
import type { SpoolFolder } from './postback-drainer.js';

/** The folder that contains a postback spool for each worker. */
export function postbackSpoolRootOf(dataDir: string): string {
  return join(dataDir, 'spool-postbacks');
}

/** Opens a folder for reading. @param isWritten true if this process also writes to it. */
export function spoolFolder(folder: string, isWritten: boolean): SpoolFolder {
  const positions = new Map<string, number>();
  const positionOf = (segmentId: string): Promise<number> => Promise.resolve(positions.get(segmentId) ?? 0);
  return { positions, reader: new FolderReader(folder, isWritten, positionOf, LARGE_RECORDS) };
}

/**
 * Non-empty folders of workers that no longer exist, because there were more workers before. The first worker takes them over.
 * DATA_DIR belongs to one Hopback at a time (see claimDataDir), and no two of its workers have the same number.
 */
export function abandonedFolders(root: string, workers: number): SpoolFolder[] {
  return existingFolders(root)
    .filter((worker) => worker >= workers && listSegments(workerFolder(root, worker)).length > 0)
    .map((worker) => spoolFolder(workerFolder(root, worker), false));
}

function existingFolders(root: string): number[] {
  try {
    return readdirSync(root)
      .filter((name) => /^\d{1,3}$/.test(name))
      .map(Number);
  } catch {
    return []; // no spool yet
  }
}
