import { mkdirSync, renameSync, statSync, unlinkSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { decodeRecords, HEADER_BYTES, MAX_PAYLOAD_BYTES } from './record.js';
import { listSegments, type Segment, type SpoolWriter } from './spool-writer.js';

// Holds any whole record, so that "nothing complete in this chunk" can only mean the end of what was written.
const CHUNK_BYTES = 8 * (HEADER_BYTES + MAX_PAYLOAD_BYTES);

/** Records to be stored, and the way to say that they are. They are valid until the next batch is asked for. */
export interface SpoolBatch {
  payloads: Buffer[];
  /** Moves on. Not calling it gives the same batch again. */
  done: () => void;
}

export type DamageReport = (kind: 'record' | 'segment', count: number) => void;

/**
 * Reads the spool from its oldest segment on. The position is in memory only: after a restart the oldest segment is read
 * again from its beginning, and the store recognises what it has already.
 */
export class SpoolReader {
  private offset = 0;
  private current: Segment | undefined;
  private file: FileHandle | undefined;
  private readonly chunk = Buffer.allocUnsafe(CHUNK_BYTES);

  constructor(
    private readonly folder: string,
    private readonly writer: Pick<SpoolWriter, 'activeSequence' | 'rotate'>,
    private readonly report: DamageReport,
  ) {}

  /** The next records, or `undefined` when all that was written has been read. */
  async next(): Promise<SpoolBatch | undefined> {
    for (;;) {
      this.current ??= listSegments(this.folder)[0];
      if (this.current === undefined) return undefined;
      const isActive = this.current.sequence >= this.writer.activeSequence; // asked before reading: it may end meanwhile
      const { payloads, consumed, damaged, lost } = decodeRecords(await this.read(this.current));
      if (consumed > 0) {
        return {
          payloads,
          done: () => {
            this.offset += consumed;
            if (damaged > 0) this.report('record', damaged);
          },
        };
      }
      if (isActive && !lost) return undefined;
      if (isActive) this.writer.rotate(); // nothing may be written behind damage that hides it
      this.endSegment(lost); // an incomplete record at its end was never acknowledged
    }
  }

  /** Bytes that are written and not known to be stored. */
  backlogBytes(): number {
    const all = listSegments(this.folder).reduce((sum, segment) => sum + sizeOf(segment), 0);
    return Math.max(0, all - this.offset);
  }

  async close(): Promise<void> {
    await this.file?.close();
    this.file = undefined;
  }

  private async read(segment: Segment): Promise<Buffer> {
    try {
      this.file ??= await open(segment.path, 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0); // not written to yet
      throw error;
    }
    const { bytesRead } = await this.file.read(this.chunk, 0, CHUNK_BYTES, this.offset);
    return this.chunk.subarray(0, bytesRead);
  }

  /** Done with the segment. One that became unreadable half-way is kept aside for a person to look at. */
  private endSegment(unreadable: boolean): void {
    const segment = this.current;
    if (segment === undefined) return;
    this.file?.close().catch(() => undefined); // it was only read
    this.file = undefined;
    this.current = undefined;
    this.offset = 0;
    if (!unreadable) {
      unlinkSync(segment.path);
      return;
    }
    this.report('segment', 1);
    const quarantine = join(dirname(segment.path), 'quarantine');
    mkdirSync(quarantine, { recursive: true, mode: 0o700 });
    renameSync(segment.path, join(quarantine, `${Date.now()}-${basename(segment.path)}`));
  }
}

function sizeOf(segment: Segment): number {
  return statSync(segment.path, { throwIfNoEntry: false })?.size ?? 0;
}
