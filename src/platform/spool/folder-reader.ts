import { unlinkSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { decodeRecords, SMALL_RECORDS } from './record.js';
import { listSegments, type Segment, segmentSizeBytes } from './segments.js';

const CHUNK_BYTES = 1024 * 1024;

/** A stretch of one segment. */
export interface SpoolBatch {
  segmentId: string;
  /** Byte offsets in the segment. */
  from: number;
  to: number;
  /** Valid until the next batch is asked for. */
  payloads: Buffer[];
  /** Stretches in it that are not what was written. */
  damaged: number;
  /** It ends with a record that was never completed, and never acknowledged. */
  torn: boolean;
}

/** Where reading of a segment begins: behind what is known to be stored. */
export type PositionOf = (segmentId: string) => Promise<number>;

/** Reads the segments of one folder, oldest first, while another process may write to the last one. */
export class FolderReader {
  private current: { segment: Segment; file: FileHandle; offset: number } | undefined;
  /** Read to their ends. */
  private finished: Segment[] = [];
  private readonly chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);

  /** @param isWritten whether some process may append to the last segment. */
  constructor(
    private readonly folder: string,
    private readonly isWritten: boolean,
    private readonly positionOf: PositionOf,
    private readonly format = SMALL_RECORDS,
  ) {}

  /** The next records, `limit` at most, or `undefined` when all that is written has been read. */
  async next(limit: number): Promise<SpoolBatch | undefined> {
    for (;;) {
      this.current ??= await this.openOldest();
      if (this.current === undefined) return undefined;
      const { segment, file, offset } = this.current;
      const isComplete = this.isComplete(segment); // asked before reading: more may be written meanwhile
      const { bytesRead } = await file.read(this.chunk, 0, CHUNK_BYTES, offset);
      const isFinal = isComplete && bytesRead < CHUNK_BYTES;
      const chunk = this.chunk.subarray(0, bytesRead);
      const { payloads, consumed, damaged, torn } = decodeRecords(chunk, isFinal, limit, this.format);
      if (consumed > 0) {
        this.current.offset += consumed;
        return { segmentId: segment.id, from: offset, to: offset + consumed, payloads, damaged, torn };
      }
      if (!isFinal) return undefined;
      await file.close();
      this.finished.push(segment);
      this.current = undefined;
    }
  }

  /** Segments that were read to their ends, and are there still. */
  readToTheEnd(): Segment[] {
    return [...this.finished];
  }

  /** Deletes those of the segments that are this folder's. To be called when all that was read of them is stored. */
  remove(segments: ReadonlySet<Segment>): void {
    for (const segment of this.finished) {
      if (segments.has(segment)) unlink(segment.path);
    }
    this.finished = this.finished.filter((segment) => !segments.has(segment));
  }

  /** Begins again behind what is known to be stored. */
  async rewind(): Promise<void> {
    const file = this.current?.file;
    this.current = undefined;
    this.finished = [];
    await file?.close();
  }

  /** Bytes that were not read yet. */
  backlogBytes(): number {
    const isFinished = new Set(this.finished.map(({ id }) => id));
    const all = listSegments(this.folder).filter(({ id }) => !isFinished.has(id));
    return Math.max(0, all.reduce((sum, segment) => sum + segmentSizeBytes(segment), 0) - (this.current?.offset ?? 0));
  }

  private async openOldest(): Promise<{ segment: Segment; file: FileHandle; offset: number } | undefined> {
    const isFinished = new Set(this.finished.map(({ id }) => id));
    for (const segment of listSegments(this.folder)) {
      if (isFinished.has(segment.id)) continue;
      const offset = await this.positionOf(segment.id);
      try {
        return { segment, file: await open(segment.path, 'r'), offset };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error; // else: another shipper was quicker
      }
    }
    return undefined;
  }

  private isComplete(segment: Segment): boolean {
    return !this.isWritten || listSegments(this.folder).some(({ sequence }) => sequence > segment.sequence);
  }
}

function unlink(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
