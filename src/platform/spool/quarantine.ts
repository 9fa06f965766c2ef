import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { encodeRecord, SMALL_RECORDS } from './record.js';

/** Keeps records that could not be stored, in the spool's own format, for a person to look at. */
export class Quarantine {
  readonly path: string;

  constructor(
    folder: string,
    private readonly format = SMALL_RECORDS,
  ) {
    this.path = join(folder, 'refused.spool');
  }

  add(payload: Buffer): void {
    mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
    appendFileSync(this.path, encodeRecord(payload.toString('latin1'), this.format), { mode: 0o600 });
  }
}
