import {
  close,
  closeSync,
  fdatasync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  writeSync,
} from 'node:fs';
import { listSegments, newSegment, type Segment, segmentSizeBytes } from './segments.js';
import { type RecordFormat, SMALL_RECORDS, writeRecord } from './record.js';

// The spool: append-only files that keep records until they are stored. Start here for writing; spool-reader.ts reads
// them again. record.ts has the format, segments.ts the files, quarantine.ts the rejected records.

const GROUP_BYTES = 1024 * 1024;
const SEGMENT_BYTES = 16 * 1024 * 1024;
/** Only a finished segment can be deleted, so a small spool needs small ones: else it stays full with all records stored. */
const SHARE_OF_SPOOL = 1 / 4;
const MAINTENANCE_MS = 1_000;
/** A segment contains addresses of visitors. One that fills slowly also ends, so that it can be deleted. */
const SEGMENT_AGE_MS = 60_000;

/** Called when a record is safe (`true`), or was dropped or could not be flushed (`false`). */
export type Settled = (isSafe: boolean) => void;

export interface SpoolWriterOptions {
  folder: string;
  /** `os`: safe once the system has it. `disk`: safe once the disk has it. */
  durability: 'os' | 'disk';
  /** Maximum size of all segments. */
  maxBytes: number;
  /** Called for every failed write and flush. `dropped` includes the lost records by then. */
  onTrouble: (error: Error) => void;
  /** Writes bytes; tests let it fail halfway. Default: `writeSync`. */
  write?: typeof writeSync;
  /** Default: small records. */
  format?: RecordFormat;
}

/**
 * Appends records to segment files. All records of a turn of the event loop are written with one call at its end (group
 * commit); then each record's `settled` is called, in order. When the disk or the spool is full, records are dropped and
 * each is counted exactly once: a redirect never waits for space.
 *
 * Each process begins a new segment, so a torn record can only be at the end of an earlier one.
 */
export class SpoolWriter {
  /** Records written by this process. */
  recorded = 0;
  /** Records that were dropped for lack of space. */
  dropped = 0;

  private readonly group = Buffer.allocUnsafeSlow(GROUP_BYTES);
  private filled = 0;
  private ends: number[] = [];
  private waiting: Settled[] = [];
  private commitIsDue = false;

  private fd: number | undefined;
  private segment: Segment;
  private written = 0;
  private readonly segmentBytes: number;
  /** There was no space, and the current segment occupies some until it ends. */
  private isInTheWay = false;
  private openedAt = 0;
  /** Bytes of all segments in the folder; corrected once a second, when shipped segments were removed. */
  private usedBytes = 0;

  private readonly writeBytes: typeof writeSync;
  private readonly format: RecordFormat;
  private unsynced: Settled[] = [];
  private isSyncing = false;
  private hasUnflushed = false;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly options: SpoolWriterOptions) {
    this.writeBytes = options.write ?? writeSync;
    this.format = options.format ?? SMALL_RECORDS;
    this.segmentBytes = Math.min(SEGMENT_BYTES, options.maxBytes * SHARE_OF_SPOOL);
    mkdirSync(options.folder, { recursive: true, mode: 0o700 });
    const last = listSegments(options.folder).at(-1)?.sequence ?? 0;
    this.segment = newSegment(options.folder, last + 1);
    try {
      this.openSegment(); // at once: it shows that all earlier segments are complete
    } catch (error) {
      options.onTrouble(error as Error); // redirects continue; each group tries again
    }
    this.measure();
    this.timer = setInterval(() => this.doMaintenance(), MAINTENANCE_MS);
    this.timer.unref();
  }

  /** @param payload latin1 text without NUL, at most `maxPayloadBytes` of the format. */
  append(payload: string, settled: Settled): void {
    if (this.filled + this.format.maxRecordBytes > GROUP_BYTES) this.commit();
    this.filled += writeRecord(this.group, this.filled, payload, this.format);
    this.ends.push(this.filled);
    this.waiting.push(settled);
    if (this.commitIsDue) return;
    this.commitIsDue = true;
    setImmediate(() => this.commit());
  }

  /** Writes and flushes waiting records, and ends. */
  close(): void {
    clearInterval(this.timer);
    this.commit();
    let isFlushed = this.fd !== undefined;
    if (this.fd !== undefined) {
      try {
        fdatasyncSync(this.fd);
      } catch (error) {
        isFlushed = false;
        this.options.onTrouble(error as Error);
      }
      closeSync(this.fd);
    }
    this.fd = undefined;
    this.settleUnsynced(isFlushed);
  }

  private commit(): void {
    this.commitIsDue = false;
    if (this.waiting.length === 0) return;
    const { ends, waiting, filled } = this;
    this.ends = [];
    this.waiting = [];
    this.filled = 0;
    const recorded = this.write(filled, ends);
    this.recorded += recorded;
    this.dropped += waiting.length - recorded;
    if (this.options.durability === 'os' || recorded === 0) {
      settle(waiting, recorded);
      return;
    }
    this.unsynced.push(...waiting.slice(0, recorded));
    settle(waiting.slice(recorded), 0);
    this.sync();
  }

  /** @returns how many of the group's records are completely in the file. */
  private write(length: number, ends: readonly number[]): number {
    let done = 0;
    try {
      if (this.usedBytes + length > this.options.maxBytes) throw new SpoolFull(this.options.maxBytes);
      if (this.written >= this.segmentBytes || this.fd === undefined) this.rotate();
      while (done < length) done += this.writeBytes(this.fd as number, this.group, done, length - done);
      this.written += length;
      this.usedBytes += length;
      this.hasUnflushed = true;
      return ends.length;
    } catch (error) {
      this.isInTheWay = true;
      const recorded = done === 0 ? 0 : this.cutTornRecord(ends, done);
      this.options.onTrouble(error as Error);
      return recorded;
    }
  }

  /** After an incomplete write: complete records stay, and the torn one is removed. */
  private cutTornRecord(ends: readonly number[], done: number): number {
    const recorded = ends.filter((end) => end <= done).length;
    const kept = recorded === 0 ? 0 : (ends[recorded - 1] as number);
    this.written += kept;
    this.usedBytes += kept;
    try {
      ftruncateSync(this.fd as number, this.written);
    } catch {
      this.abandonSegment(); // nothing may follow the torn record, which readers accept at the end of a segment
    }
    return recorded;
  }

  private rotate(): void {
    const { fd } = this;
    this.fd = undefined;
    if (fd !== undefined && this.options.durability === 'disk') {
      this.flushBeforeItEnds(fd);
      closeSync(fd);
    } else if (fd !== undefined) {
      fdatasync(fd, (error) => {
        if (error) this.options.onTrouble(error);
        close(fd);
      });
    }
    this.segment = newSegment(this.options.folder, this.segment.sequence + 1);
    this.openSegment();
  }

  /** The segment may contain records that wait for a flush. */
  private flushBeforeItEnds(fd: number): void {
    try {
      fdatasyncSync(fd);
    } catch (error) {
      this.settleUnsynced(false);
      throw error;
    }
  }

  private openSegment(): void {
    this.fd = openSync(this.segment.path, 'ax', 0o600);
    this.written = 0;
    this.openedAt = Date.now();
    if (this.options.durability === 'disk') syncFolder(this.options.folder); // a file is safe once its name is
  }

  private abandonSegment(): void {
    if (this.fd !== undefined) close(this.fd);
    this.fd = undefined;
  }

  /** Flushes waiting records. Records that arrive meanwhile are part of the next flush. */
  private sync(): void {
    if (this.isSyncing) return;
    if (this.fd === undefined) {
      this.settleUnsynced(false); // the segment was abandoned: the error was reported, and no caller may wait forever
      return;
    }
    const flushed = this.unsynced;
    this.unsynced = [];
    this.isSyncing = true;
    const { fd } = this;
    fdatasync(fd, (error) => {
      this.isSyncing = false;
      // EBADF: the file was closed because its segment has ended, and it was flushed before.
      const isFlushed = !error || (error.code === 'EBADF' && this.fd !== undefined && this.fd !== fd);
      if (!isFlushed) {
        // A failed flush may have lost any record, and a second one would report success (PostgreSQL's fsyncgate).
        this.options.onTrouble(error);
        this.abandonSegment();
      }
      settle(flushed, isFlushed ? flushed.length : 0);
      if (this.unsynced.length > 0) this.sync();
    });
  }

  private settleUnsynced(isSafe: boolean): void {
    const unsynced = this.unsynced.splice(0);
    settle(unsynced, isSafe ? unsynced.length : 0);
  }

  private doMaintenance(): void {
    this.measure();
    const isOver = this.isInTheWay || Date.now() - this.openedAt >= SEGMENT_AGE_MS;
    try {
      if (isOver && this.written > 0) this.rotate();
      this.isInTheWay = false;
    } catch (error) {
      this.options.onTrouble(error as Error);
    }
    if (!this.hasUnflushed || this.fd === undefined || this.options.durability === 'disk') return;
    this.hasUnflushed = false;
    fdatasync(this.fd, (error) => error && error.code !== 'EBADF' && this.options.onTrouble(error));
  }

  private measure(): void {
    try {
      this.usedBytes = listSegments(this.options.folder).reduce((sum, segment) => sum + segmentSizeBytes(segment), 0);
    } catch {
      // e.g. too many open files: the previous sum is good enough for a second
    }
  }
}

/** The segments have reached their size limit. */
export class SpoolFull extends Error {
  constructor(maxBytes: number) {
    super(`the spool has reached its limit of ${Math.round(maxBytes / 1024 / 1024)} MB`);
    this.name = 'SpoolFull';
  }
}

/** @param safe number of safe records, from the first one on. */
function settle(waiting: readonly Settled[], safe: number): void {
  let place = 0;
  for (const settled of waiting) settled(place++ < safe);
}

function syncFolder(folder: string): void {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
