import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Network } from '../../networks/network.schema.js';
import { NetworksService } from '../../networks/networks.service.js';
import { dialectOf } from '../../networks/rules/reading/dialect-of.js';
import type { FileConventions } from '../../networks/rules/reading/read-event.js';
import type { NetworkDialect } from '../../networks/rules/reading/reading.js';
import { PresetCatalogue } from '../../networks/catalogue/preset-catalogue.service.js';
import { TimeSlice } from '../../platform/concurrency/time-slice.js';
import { CsvError } from '../../platform/csv/csv-error.js';
import { columnCount, isSeparatorLine, repeatedHeader } from '../../platform/csv/csv-table.js';
import type { FileCharset } from '../../platform/csv/file-decoder.js';
import { CsvReader, type CsvRecord } from '../../platform/csv/csv-reader.js';
import { importQueue } from '../../platform/csv/import-queue.js';
import { fileProblem, type UploadedFile } from '../../platform/http/bodies/csv-upload.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { newId } from '../../platform/ids/ids.js';
import type { Notice } from '../../platform/vocabulary/notice.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { AuditLog } from '../../workspaces/audit/audit-log.service.js';
import type { Caller } from '../../workspaces/caller.js';
import { Quotas } from '../../workspaces/plans/quotas.service.js';
import type { ConversionImport } from './conversion-import.schema.js';
import { ConventionFinder } from '../rules/import/file-conventions.js';
import { type HeaderReading, readHeader } from '../rules/import/import-columns.js';
import { chunkId, type StoredRow } from './import-chunk.schema.js';
import { ImportChunksRepository } from './import-chunks.repository.js';
import { ImportRunner } from './import-runner.service.js';
import { ImportsRepository } from './imports.repository.js';

export const MAX_BYTES = 50 * 1024 * 1024;
export const MAX_CONVERSION_ROWS = 100_000;
const CHUNK_ROWS = 250;
/** Well below what MongoDB takes as one document. */
const CHUNK_CHARS = 1_000_000;
const CSV_LIMITS = { maxFieldChars: 4_000, maxRecordChars: 20_000, maxFields: 200 };
const MAX_NOTICES = 20;
const KEPT_MS = 30 * 86_400_000;
/** Longer than a server lets any request take. */
const UPLOAD_MS = 10 * 60_000;

export interface ImportWish {
  dryRun: boolean;
  networkId: string | null;
  /** The encoding that the file is named to be in. */
  charset: string | undefined;
}

/**
 * Takes a file in. Its rows are stored as they come and applied only when the file has come as a whole, so that a broken
 * upload leaves nothing behind, and what was answered with 202 is done whatever happens to this process.
 */
@Injectable()
export class ImportReceiver {
  private readonly queue = importQueue();

  constructor(
    private readonly networks: NetworksService,
    private readonly presets: PresetCatalogue,
    private readonly imports: ImportsRepository,
    private readonly chunks: ImportChunksRepository,
    private readonly runner: ImportRunner,
    private readonly quotas: Quotas,
    private readonly audit: AuditLog,
  ) {}

  /** @throws ProblemException 429 while another file of the workspace, or two of others, are read. */
  receive(caller: Caller, wish: ImportWish, file: UploadedFile): Promise<ConversionImport> {
    return this.queue.run(caller.workspaceId, () => this.take(caller, wish, file));
  }

  private async take(caller: Caller, wish: ImportWish, { body }: UploadedFile): Promise<ConversionImport> {
    const { workspaceId } = caller;
    const network = await this.networkOf(workspaceId, wish.networkId);
    const dialect = network ? dialectOf(network, this.presets.find(network.preset)) : NO_DIALECT;
    const order = await this.quotas.reserve(workspaceId, 'conversionImports', () =>
      this.imports.insert(workspaceId, newImport(wish, dialect, network)),
    );
    try {
      const encoding = { named: wish.charset, usual: dialect.mapping.charset };
      const upload = new Upload(order, encoding, (chunk) => this.chunks.insert(workspaceId, chunk));
      const slice = new TimeSlice();
      for await (const piece of body) {
        await upload.push(piece);
        await slice.pause();
      }
      await upload.end();
      if (!wish.dryRun) await this.tell(caller, order, upload);
      const started = await this.start(order, upload);
      this.runner.wake();
      return started;
    } catch (error) {
      await this.giveUp(order, error);
      throw asProblem(error) ?? error;
    }
  }

  /** From here on it is applied. */
  private async start(order: ConversionImport, upload: Upload): Promise<ConversionImport> {
    const { workspaceId, networkId } = order;
    const fileHash = upload.hash();
    const before = await this.imports.findMany(workspaceId, { fileHash, networkId, dryRun: false });
    const at = new Date(Math.min(order.at.getTime(), ...before.map((earlier) => earlier.at.getTime())));
    const { names: header, ignored: ignoredColumns } = upload.header;
    const { conventions } = upload;
    const { rows, chunks, columns, notices } = upload;
    const started = await this.imports.updateOne(
      workspaceId,
      { _id: order._id, status: 'receiving' },
      {
        $set: {
          fileHash,
          at,
          header,
          conventions,
          ignoredColumns,
          columns,
          notices,
          rows,
          chunks,
          status: 'running',
          leaseUntil: new Date(0),
          updatedAt: new Date(),
        },
      },
    );
    if (!started) throw new ProblemException('conflict', 'The import was cancelled while its file came.');
    return started;
  }

  /** Before it is applied: what is paid must not change without a word of who did it. Its rows have what became of each. */
  private async tell(caller: Caller, { _id, networkId }: ConversionImport, upload: Upload): Promise<void> {
    const after = { networkId, rows: upload.rows, columns: upload.header.names };
    await this.audit.record(caller, { action: 'conversions.imported', objectId: _id, after });
  }

  private async giveUp({ workspaceId, _id }: ConversionImport, error: unknown): Promise<void> {
    const why = asProblem(error)?.detail ?? 'The database did not answer while the file came: send it again.';
    const changes = { status: 'failed' as const, error: why, updatedAt: new Date() };
    // Should MongoDB be away, the runner does the same later.
    await this.imports.updateOne(workspaceId, { _id, status: 'receiving' }, { $set: changes }).catch(() => undefined);
    await this.chunks.deleteAllOf(workspaceId, _id).catch(() => undefined);
  }

  private async networkOf(workspaceId: WorkspaceId, networkId: string | null): Promise<Network | undefined> {
    if (networkId === null) return undefined;
    const network = await this.networks.find(workspaceId, networkId);
    if (network !== undefined) return network;
    const message = 'there is no such network in this workspace';
    throw ProblemException.invalid({ path: 'networkId', code: 'not_found', message });
  }
}

/** A file of no network: its words are the common ones. */
const NO_DIALECT: NetworkDialect = { mapping: { params: {}, events: {}, statuses: {} }, defaults: {} };

/** Cuts a file into chunks. */
class Upload {
  readonly #hash = createHash('sha256');
  private readonly csv: CsvReader;
  private reading: HeaderReading | undefined;
  private names: string[] = [];
  private readonly found = new ConventionFinder();
  private bytes = 0;
  private waiting: StoredRow[] = [];
  private waitingChars = 0;
  rows = 0;
  chunks = 0;
  /** Lines of the file that are no rows, and were passed over. */
  readonly notices: Notice[] = [];

  constructor(
    private readonly order: ConversionImport,
    charset: FileCharset,
    private readonly store: (chunk: Parameters<ImportChunksRepository['insert']>[1]) => Promise<unknown>,
  ) {
    this.csv = new CsvReader(CSV_LIMITS, { charset, headerScore: (fields) => headerScore(fields, order.dialect) });
  }

  get conventions(): FileConventions {
    return this.found.conventions;
  }

  get columns(): number {
    return columnCount(this.names);
  }

  get header(): HeaderReading {
    if (this.reading === undefined) throw bad('empty', 'the file has no rows');
    return this.reading;
  }

  hash(): string {
    return this.#hash.digest('base64url');
  }

  async push(piece: Buffer): Promise<void> {
    this.bytes += piece.length;
    if (this.bytes > MAX_BYTES) throw tooLarge();
    this.#hash.update(piece);
    await this.take(this.csv.push(piece));
  }

  async end(): Promise<void> {
    await this.take(this.csv.end());
    await this.flush();
    if (this.rows === 0) throw bad('empty', 'the file has no rows');
  }

  private async take(records: CsvRecord[]): Promise<void> {
    for (const { line, fields } of records) {
      if (this.reading === undefined) {
        this.reading = checkedHeader(fields, this.order.dialect);
        this.names = fields;
        this.notices.push(...this.csv.titles.map(passedOver));
        continue;
      }
      if (this.isNoRow(line, fields)) continue;
      const { amountAt, timeAt } = this.reading;
      this.found.see(cellAt(fields, amountAt), cellAt(fields, timeAt));
      if (++this.rows > MAX_CONVERSION_ROWS)
        throw bad('too_many_rows', `a file has at most ${MAX_CONVERSION_ROWS} rows: cut it`);
      this.waiting.push({ line, fields });
      this.waitingChars += fields.reduce((sum, field) => sum + field.length, 0);
      if (this.waiting.length >= CHUNK_ROWS || this.waitingChars >= CHUNK_CHARS) await this.flush();
    }
  }

  /** Files that were put together have their column names in the middle. */
  private isNoRow(line: number, fields: string[]): boolean {
    if (isSeparatorLine(fields)) return true;
    const repeated = repeatedHeader(this.names, fields);
    if (repeated === undefined) return false;
    if (repeated === 'other') {
      throw bad('another_table', `on line ${line} another table with other columns begins: import each on its own`);
    }
    if (this.notices.length < MAX_NOTICES) this.notices.push(passedOver({ line, text: 'the column names again' }));
    return true;
  }

  private async flush(): Promise<void> {
    if (this.waiting.length === 0) return;
    const { _id, expiresAt } = this.order;
    await this.store({
      _id: chunkId(_id, this.chunks),
      firstRow: this.rows - this.waiting.length + 1,
      rows: this.waiting,
      results: [],
      verdicts: [],
      expiresAt,
    });
    this.chunks++;
    this.waiting = [];
    this.waitingChars = 0;
  }
}

/** The form of a click id. No column has such a name. */
const LIKE_CLICK_ID = /^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[0-9A-Za-z]{20,32}$/;

/** How many columns of a row are known, if one of them says whose the conversions are. */
function headerScore(fields: string[], dialect: NetworkDialect): number {
  const { hasOwner, ignored } = readHeader(fields, dialect);
  return hasOwner && !fields.some((field) => LIKE_CLICK_ID.test(field)) ? fields.length - ignored.length : 0;
}

function cellAt(fields: readonly string[], place: number | undefined): string | undefined {
  return place === undefined ? undefined : fields[place];
}

function passedOver({ line, text }: { line: number; text: string }): Notice {
  return { code: 'line_skipped', text: `Line ${line} is no row and was passed over: ${text.trim().slice(0, 100)}` };
}

function newImport(
  { dryRun, networkId }: ImportWish,
  dialect: NetworkDialect,
  network: Network | undefined,
): Omit<ConversionImport, 'workspaceId'> {
  const now = new Date();
  return {
    _id: newId('imp', now.getTime()),
    status: 'receiving',
    dryRun,
    networkId,
    dialect,
    header: [],
    conventions: {},
    transactions: network?.transactions ?? 'click',
    repeats: network?.repeats ?? {},
    warnings: [],
    additions: {},
    ignoredColumns: [],
    notices: [],
    fileHash: null,
    at: now,
    rows: 0,
    done: 0,
    counts: { accepted: 0, updated: 0, duplicate: 0, rejected: 0 },
    problems: [],
    error: null,
    chunks: 0,
    nextChunk: 0,
    holder: null,
    leaseUntil: new Date(now.getTime() + UPLOAD_MS),
    createdAt: now,
    updatedAt: now,
    expiresAt: new Date(now.getTime() + KEPT_MS),
  };
}

function checkedHeader(fields: string[], dialect: NetworkDialect): HeaderReading {
  const header = readHeader(fields, dialect);
  if (fields.some((field) => LIKE_CLICK_ID.test(field.trim()))) {
    throw bad(
      'no_header',
      'the first row has values: put a row of column names above it, such as click_id,event,payout',
    );
  }
  if (!header.hasOwner) {
    throw bad('missing_column', 'the first row names the columns; it needs click_id, or link_id for revshare');
  }
  return header;
}

/** The error for the caller; `undefined` for errors that are not about the upload. */
function asProblem(error: unknown): ProblemException | undefined {
  if (error instanceof ProblemException) return error;
  if (error instanceof CsvError) return ProblemException.invalid(fileProblem(error, 'body'));
  const code = (error as { code?: unknown } | null)?.code;
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE') {
    return new ProblemException('bad_request', 'The upload was broken off: nothing of it is applied.');
  }
  return undefined;
}

function bad(code: string, message: string): ProblemException {
  return ProblemException.invalid({ path: 'body', code, message });
}

function tooLarge(): ProblemException {
  return new ProblemException('payload_too_large', `A file has at most ${MAX_BYTES / 1024 / 1024} MiB: cut it.`);
}
