import { readdirSync } from 'node:fs';
import { FolderReader, type PositionOf, type SpoolBatch } from './folder-reader.js';
import { listSegments, type Segment, segmentSizeBytes } from './segments.js';
import { workerFolder } from './spool-root.js';

/**
 * Reads the spools of all workers in turn. A folder without a worker (there were more workers before) is read to its end.
 */
export class SpoolReader {
  private readonly folders: FolderReader[];
  private turn = 0;

  /** @param workers the number of processes that write at the moment. */
  constructor(root: string, workers: number, positionOf: PositionOf) {
    const older = existingWorkers(root).filter((worker) => worker >= workers);
    const current = Array.from({ length: workers }, (_, worker) => worker);
    this.folders = [...current, ...older].map(
      (worker) => new FolderReader(workerFolder(root, worker), worker < workers, positionOf),
    );
  }

  /** The next records of one worker, at most `limit`, or `undefined` when there are none at the moment. */
  async next(limit: number): Promise<SpoolBatch | undefined> {
    for (let tried = 0; tried < this.folders.length; tried++) {
      const batch = await this.folders[this.turn % this.folders.length]?.next(limit);
      this.turn++;
      if (batch) return batch;
    }
    return undefined;
  }

  /** Segments that were read completely and still exist. */
  readToTheEnd(): Segment[] {
    return this.folders.flatMap((folder) => folder.readToTheEnd());
  }

  /** Call it when all records of these segments are stored. */
  remove(segments: readonly Segment[]): void {
    const all = new Set(segments);
    for (const folder of this.folders) folder.remove(all);
  }

  /** Records that were read but not stored will be read again. */
  async rewind(): Promise<void> {
    for (const folder of this.folders) await folder.rewind();
  }

  /** Unread bytes. */
  backlogBytes(): number {
    return this.folders.reduce((sum, folder) => sum + folder.backlogBytes(), 0);
  }
}

/** Bytes of all segments, read or unread. */
export function spoolBytes(root: string): number {
  return existingWorkers(root)
    .flatMap((worker) => listSegments(workerFolder(root, worker)))
    .reduce((sum, segment) => sum + segmentSizeBytes(segment), 0);
}

function existingWorkers(root: string): number[] {
  try {
    return readdirSync(root)
      .filter((name) => /^\d{1,3}$/.test(name))
      .map(Number);
  } catch {
    return []; // no spool yet
  }
}
