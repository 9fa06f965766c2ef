import { appendFileSync, closeSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { decodeRecords, encodeRecord, SMALL_RECORDS } from './record.js';

/** Limits of the quarantine, which is one file for all processes. */
export const MAX_QUARANTINE_BYTES = 64 * 1024 * 1024;
export const MAX_QUARANTINE_RECORDS = 50_000;
const CHUNK_BYTES = 1024 * 1024;

/** A record cannot be quarantined, because the file has reached its limit. */
export class QuarantineFull extends Error {
  constructor(path: string) {
    super(`${path} is full: check its records, then move it away`);
    this.name = 'QuarantineFull';
  }
}

/** Keeps records that could not be stored, in the format of the spool, so that the operator can check them. */
export class Quarantine {
  readonly path: string;
  /** The counted records, and the size of the file at that time. */
  private counted = { bytes: 0, records: 0 };

  constructor(
    folder: string,
    private readonly format = SMALL_RECORDS,
    private readonly bounds = { bytes: MAX_QUARANTINE_BYTES, records: MAX_QUARANTINE_RECORDS },
  ) {
    this.path = join(folder, 'refused.spool');
  }

  /** @throws QuarantineFull, and errors of the disk. */
  add(payload: Buffer): void {
    mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
    const record = encodeRecord(payload.toString('latin1'), this.format);
    const { bytes, records } = this.count();
    if (bytes + record.length > this.bounds.bytes || records >= this.bounds.records)
      throw new QuarantineFull(this.path);
    appendFileSync(this.path, record, { mode: 0o600 });
    this.counted = { bytes: bytes + record.length, records: records + 1 };
  }

  /** Bytes in the file; 0 when there is none. */
  bytes(): number {
    return statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Counts again when another process has added records, or the operator has moved the file away. */
  private count(): { bytes: number; records: number } {
    const bytes = this.bytes();
    if (bytes < this.counted.bytes) this.counted = { bytes: 0, records: 0 };
    if (bytes > this.counted.bytes) this.counted = { bytes, records: this.counted.records + this.recordsFrom(bytes) };
    return this.counted;
  }

  private recordsFrom(end: number): number {
    const file = openSync(this.path, 'r');
    const chunk = Buffer.allocUnsafe(Math.max(CHUNK_BYTES, this.format.maxRecordBytes));
    let records = 0;
    try {
      for (let at = this.counted.bytes; at < end;) {
        const length = readSync(file, chunk, 0, chunk.length, at);
        const { payloads, consumed } = decodeRecords(
          chunk.subarray(0, length),
          at + length >= end,
          Infinity,
          this.format,
        );
        if (consumed === 0) break;
        records += payloads.length;
        at += consumed;
      }
    } finally {
      closeSync(file);
    }
    return records;
  }
}
