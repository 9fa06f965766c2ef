import type { ImportChunk, StoredRow } from './import-chunk.schema.js';
import { chunkId } from './import-chunk.schema.js';
import type { ImportJob } from './import-job.schema.js';

/** Well below the maximum of one document in MongoDB. */
const CHUNK_CHARS = 1_000_000;

/** Stores the rows of a file in chunks, as they come. */
export class ChunkWriter {
  private waiting: StoredRow[] = [];
  private waitingChars = 0;
  rows = 0;
  chunks = 0;

  constructor(
    private readonly job: Pick<ImportJob, '_id' | 'expiresAt'>,
    private readonly maxRows: number,
    private readonly store: (chunk: Omit<ImportChunk, 'workspaceId'>) => Promise<unknown>,
  ) {}

  /** @param chars size of the row. */
  async add(row: StoredRow, chars: number): Promise<void> {
    this.rows++;
    this.waiting.push(row);
    this.waitingChars += chars;
    if (this.waiting.length >= this.maxRows || this.waitingChars >= CHUNK_CHARS) await this.flush();
  }

  /** To be called after the last row. */
  async flush(): Promise<void> {
    if (this.waiting.length === 0) return;
    const { _id, expiresAt } = this.job;
    const firstRow = this.rows - this.waiting.length + 1;
    const chunk = { firstRow, rows: this.waiting, results: [], verdicts: [], expiresAt };
    await this.store({ _id: chunkId(_id, this.chunks), ...chunk });
    this.chunks++;
    this.waiting = [];
    this.waitingChars = 0;
  }
}
