import { Injectable } from '@nestjs/common';
import type { ChunkWriter } from '../../imports/chunk-writer.js';
import { type ImportJob, ofKind } from '../../imports/import-job.schema.js';
import { ImportJobsRepository } from '../../imports/import-jobs.repository.js';
import { ImportReceiver, type ReceivedFile } from '../../imports/import-receiver.service.js';
import { EventLoopYielder } from '../../platform/concurrency/event-loop-yielder.js';
import { CsvError } from '../../platform/csv/csv-error.js';
import { importQueue } from '../../platform/csv/import-queue.js';
import { fileProblem, type UploadedFile } from '../../platform/http/bodies/csv-upload.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import type { Caller } from '../../workspaces/caller.js';
import type { ColumnMapping } from '../rules/import/column-mapping.js';
import { ConversionFile } from './conversion-file.js';
import { completeImport, type ConversionFileFields } from './conversion-import.js';
import { FileDialects } from './file-dialects.service.js';
import { ROW_VERDICTS } from './row-result.js';

const CHUNK_ROWS = 250;
export interface ConversionImportOptions {
  dryRun: boolean;
  networkId: string | null;
  /** The character set that the caller named for the file. */
  charset: string | undefined;
  /** Columns that the caller has chosen. */
  mapping: ColumnMapping;
}

/**
 * Import of conversions. Start here: files are received. conversion-import-kind.service.ts applies their rows, and
 * imports.controller.ts is the API. The parts that all imports share are in src/imports/.
 */
@Injectable()
export class ConversionImports {
  private readonly queue = importQueue();

  constructor(
    private readonly dialects: FileDialects,
    private readonly receiver: ImportReceiver,
    private readonly jobs: ImportJobsRepository,
  ) {}

  /** @throws ProblemException 429 while another file of the workspace, or two of others, are read. */
  create(caller: Caller, options: ConversionImportOptions, file: UploadedFile): Promise<ImportJob> {
    return this.queue.run(caller.workspaceId, () => this.receive(caller, options, file));
  }

  private async receive(
    caller: Caller,
    { dryRun, networkId, charset, mapping }: ConversionImportOptions,
    file: UploadedFile,
  ): Promise<ImportJob> {
    const { network, dialect } = await this.dialects.of(caller.workspaceId, networkId);
    const fields: ConversionFileFields = {
      networkId,
      dialect,
      header: [],
      conventions: {},
      transactions: network?.transactions ?? 'click',
      repeats: network?.repeats ?? {},
      warnings: [],
      additions: {},
      fileHash: null,
    };
    return this.receiver.receive(caller, {
      kind: 'conversions',
      dryRun,
      verdicts: ROW_VERDICTS,
      chunkRows: CHUNK_ROWS,
      quota: 'conversionImports',
      fields: { ...fields },
      read: async (job, writer) => {
        const read = await readFile(
          new ConversionFile(dialect, { named: charset, usual: dialect.mapping.charset }, writer, mapping),
          file,
        );
        return this.received(job, networkId, read, writer);
      },
    });
  }

  private async received(
    { workspaceId, at: arrivedAt }: ImportJob,
    networkId: string | null,
    file: ConversionFile,
    { rows }: ChunkWriter,
  ): Promise<ReceivedFile> {
    const fileHash = file.hash();
    const sameFile = await this.jobs.findMany(workspaceId, { fileHash, dryRun: false, ...ofKind('conversions') });
    const before = sameFile.filter((earlier) => completeImport(earlier).networkId === networkId);
    const at = new Date(Math.min(arrivedAt.getTime(), ...before.map((earlier) => earlier.at.getTime())));
    const { conventions, columns, notices, positions } = file;
    const { names: header, ignored: ignoredColumns } = file.header;
    return {
      fields: { fileHash, at, header, conventions, ignoredColumns, columns, notices, positions },
      audit: { action: 'conversions.imported', after: { networkId, rows, columns: header, positions } },
    };
  }
}

async function readFile(file: ConversionFile, { body }: UploadedFile): Promise<ConversionFile> {
  const yielder = new EventLoopYielder();
  try {
    for await (const piece of body) {
      await file.push(piece);
      await yielder.pause();
    }
    await file.end();
    return file;
  } catch (error) {
    throw error instanceof CsvError ? ProblemException.invalid(fileProblem(error, 'body')) : error;
  }
}
