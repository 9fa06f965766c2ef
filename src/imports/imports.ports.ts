import { declarePortList } from '../platform/ports/port.js';
import type { Transaction } from '../platform/mongo/transactions.js';
import type { ImportChunk } from './import-chunk.schema.js';
import type { ImportJob, ImportKindName } from './import-job.schema.js';
import type { ImportRowResult } from './import-row-result.js';

/** The results of a chunk, and what they change in its job. */
export interface ChunkOutcome {
  /** One for each row, in order. */
  results: readonly ImportRowResult[];
  /** Changed fields of the kind. */
  fields?: Readonly<Record<string, unknown>>;
  /** See `ImportChunk.memory`. */
  memory?: object;
}

/** Calls that a kind may make while it works on a chunk. */
export interface ChunkTools {
  /**
   * Stores the outcome and the new position of the job. Without a transaction it opens one.
   * @throws LeaseLost when another process has the job, or when it was cancelled.
   */
  store: (outcome: ChunkOutcome, tx?: Transaction) => Promise<ImportJob>;
  /** Extends the lease while a chunk takes long. @throws LeaseLost */
  keepLease: () => Promise<void>;
}

/** The work of one process on one job. It may remember earlier chunks. */
export interface ImportRun {
  /**
   * Applies a chunk, or tries it in a dry run, and stores its outcome. A chunk may be applied again when the process is
   * killed before the outcome is stored: that must change nothing twice.
   */
  applyChunk(job: ImportJob, chunk: ImportChunk, tools: ChunkTools): Promise<ImportJob>;
}

/** The work on the rows of one kind of file. */
export interface ImportKind {
  name: ImportKindName;
  /** The verdict of rows that are listed as `problems`. */
  refusedVerdict: string;
  /** Fields of the kind as they are before the first chunk, for a dry run that begins anew. */
  emptyFields: Readonly<Record<string, unknown>>;
  /** Begins work on a job, at its next chunk. A dry run always begins at the first one. */
  begin(job: ImportJob): Promise<ImportRun>;
}

export const IMPORT_KIND_LIST = declarePortList<ImportKind>('kinds of imports');

/** Another process works on the job, or it was cancelled: the chunk is not stored. */
export class LeaseLost extends Error {}
