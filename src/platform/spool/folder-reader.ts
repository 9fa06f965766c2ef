import { unlinkSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { decodeRecords, SMALL_RECORDS } from './record.js';
import { listSegments, type Segment, segmentSizeBytes } from './segments.js';

const CHUNK_BYTES = 1024 * 1024;

/** A range of one segment. */
export interface SpoolBatch {
  segmentId: string;
  /** Byte offsets in the segment. */
  from: number;
  to: number;
  /** Valid until the next call of `next`. */
  payloads: Buffer[];
  /** Number of damaged ranges in it. */
  damaged: number;
  /** Whether it ends with a record that was never completed, and never acknowledged. */
  torn: boolean;
}

/** The offset at which reading of a segment begins: after its stored records. */
export type PositionOf = (segmentId: string) => Promise<number>;

/** Reads the segments of one folder, oldest first, while another process may write to the last one. */
export class FolderReader {
  private current: { segment: Segment; file: FileHandle; offset: number } | undefined;
  /** Completely read segments. */
  private finished: Segment[] = [];
  private readonly chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);

  /** @param isWritten whether some process may append to the last segment. */
  constructor(
    private readonly folder: string,
    private readonly isWritten: boolean,
    private readonly positionOf: PositionOf,
    private readonly format = SMALL_RECORDS,
  ) {}

  /** The next records, at most `limit`, or `undefined` when all written records have been read. */
  async next(limit: number): Promise<SpoolBatch | undefined> {
    for (;;) {
      this.current ??= await this.openOldest();
      if (this.current === undefined) return undefined;
      const { segment, file, offset } = this.current;
      const isComplete = this.isComplete(segment); // checked before reading: more may be written meanwhile
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

  /** Segments that were read completely and still exist. */
  readToTheEnd(): Segment[] {
    return [...this.finished];
  }

  /** Deletes those segments that are in this folder. Call it when all their records are stored. */
  remove(segments: ReadonlySet<Segment>): void {
    for (const segment of this.finished) {
      if (segments.has(segment)) unlink(segment.path);
    }
    this.finished = this.finished.filter((segment) => !segments.has(segment));
  }

  /** Begins again after the stored records. */
  async rewind(): Promise<void> {
    const file = this.current?.file;
    this.current = undefined;
    this.finished = [];
    await file?.close();
  }

  /** Unread bytes. */
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
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error; // else: another shipper has deleted it
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
