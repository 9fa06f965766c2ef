import { readdirSync } from 'node:fs';
import { FolderReader, type PositionOf, type SpoolBatch } from './folder-reader.js';
import { listSegments, type Segment, segmentSizeBytes } from './segments.js';
import { workerFolder } from './spool-root.js';

/**
 * Reads the spools of all workers, taking turns between them. A folder that no worker writes to any more (there were more
 * of them once) is read to its end.
 */
export class SpoolReader {
  private readonly folders: FolderReader[];
  private turn = 0;

  /** @param workers how many processes write at the moment. */
  constructor(root: string, workers: number, positionOf: PositionOf) {
    const older = existingWorkers(root).filter((worker) => worker >= workers);
    const current = Array.from({ length: workers }, (_, worker) => worker);
    this.folders = [...current, ...older].map(
      (worker) => new FolderReader(workerFolder(root, worker), worker < workers, positionOf),
    );
  }

  /** The next records of some worker, `limit` at most, or `undefined` when there are none just now. */
  async next(limit: number): Promise<SpoolBatch | undefined> {
    for (let tried = 0; tried < this.folders.length; tried++) {
      const batch = await this.folders[this.turn % this.folders.length]?.next(limit);
      this.turn++;
      if (batch) return batch;
    }
    return undefined;
  }

  /** Segments that were read to their ends, and are there still. */
  readToTheEnd(): Segment[] {
    return this.folders.flatMap((folder) => folder.readToTheEnd());
  }

  /** To be called when all that was read of these segments is stored. */
  remove(segments: readonly Segment[]): void {
    const all = new Set(segments);
    for (const folder of this.folders) folder.remove(all);
  }

  /** What was read and is not stored will be read again. */
  async rewind(): Promise<void> {
    for (const folder of this.folders) await folder.rewind();
  }

  /** Bytes that were not read yet. */
  backlogBytes(): number {
    return this.folders.reduce((sum, folder) => sum + folder.backlogBytes(), 0);
  }
}

/** Bytes of all segments, whether they were read or not. */
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
