import { close, fdatasync, fdatasyncSync, mkdirSync, openSync, readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { encodeRecord } from './record.js';

const SEGMENT_BYTES = 8 * 1024 * 1024;
const SYNC_EVERY_MS = 1_000;
const AGED = { ms: 10_000, bytes: 1024 * 1024 };

/** Where a segment is and how much of it may be read. */
export interface Segment {
  path: string;
  sequence: number;
}

interface Waiter {
  resolve: () => void;
  reject: (error: Error) => void;
}

/**
 * Appends records to segment files. What waits at the end of an event-loop turn is written with one call; `append` resolves
 * after that write returned, so what was acknowledged outlives a killed process. The disk is flushed in the background
 * every second. A new process never writes to an old segment: torn tails can only be at the ends of earlier ones.
 */
export class SpoolWriter {
  private waiting: Buffer[] = [];
  private waiters: Waiter[] = [];
  private fd: number | undefined;
  private current: Segment;
  private written = 0;
  private openedAt = 0;
  private readonly syncTimer: NodeJS.Timeout;

  constructor(
    private readonly folder: string,
    private readonly onSyncFailed: (error: Error) => void = () => undefined,
  ) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const last = listSegments(folder).at(-1)?.sequence ?? 0;
    this.current = this.segment(last + 1);
    this.syncTimer = setInterval(() => this.flushToDisk(), SYNC_EVERY_MS);
    this.syncTimer.unref();
  }

  /** The segment being written; every earlier one is complete. */
  get activeSequence(): number {
    return this.current.sequence;
  }

  /** @throws Error (rejects) when the operating system did not take the record, e.g. because the disk is full. */
  append(payload: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.waiting.length === 0) setImmediate(() => this.commit());
      this.waiting.push(encodeRecord(payload));
      this.waiters.push({ resolve, reject });
    });
  }

  /** Writes what waits and ends the segment: all that is in the folder can be read to its end then. */
  close(): void {
    clearInterval(this.syncTimer);
    this.commit();
    if (this.fd !== undefined) fdatasyncSync(this.fd);
    this.rotate();
  }

  /** Ends the segment; the next record goes into a new one. */
  rotate(): void {
    const { fd } = this;
    if (fd !== undefined) {
      fdatasync(fd, (error) => {
        if (error) this.onSyncFailed(error);
        close(fd);
      });
    }
    this.fd = undefined;
    this.written = 0;
    this.current = this.segment(this.current.sequence + 1);
  }

  /** Ends a segment that is some seconds old or not small any more, so that one that was read can go. */
  rotateAged(): void {
    const isAged = this.written >= AGED.bytes || Date.now() - this.openedAt >= AGED.ms;
    if (this.fd !== undefined && isAged) this.rotate();
  }

  private commit(): void {
    if (this.waiting.length === 0) return;
    const group = Buffer.concat(this.waiting);
    const waiters = this.waiters;
    this.waiting = [];
    this.waiters = [];
    try {
      this.write(group);
    } catch (error) {
      for (const { reject } of waiters) reject(error as Error);
      this.rotate(); // a part of the group may be there: nothing may follow it in this file
      return;
    }
    for (const { resolve } of waiters) resolve();
  }

  private write(group: Buffer): void {
    if (this.written >= SEGMENT_BYTES) this.rotate();
    if (this.fd === undefined) {
      this.fd = openSync(this.current.path, 'ax', 0o600);
      this.openedAt = Date.now();
    }
    for (let done = 0; done < group.length;) done += writeSync(this.fd, group, done);
    this.written += group.length;
  }

  private flushToDisk(): void {
    if (this.fd !== undefined) fdatasync(this.fd, (error) => error && this.onSyncFailed(error));
  }

  private segment(sequence: number): Segment {
    return { sequence, path: join(this.folder, `${String(sequence).padStart(10, '0')}.spool`) };
  }
}

/** The segments in a folder, oldest first. */
export function listSegments(folder: string): Segment[] {
  return readdirSync(folder)
    .map((name) => ({ name, sequence: Number(/^(\d{10})\.spool$/.exec(name)?.[1]) }))
    .filter(({ sequence }) => Number.isInteger(sequence))
    .sort((a, b) => a.sequence - b.sequence)
    .map(({ name, sequence }) => ({ sequence, path: join(folder, name) }));
}
