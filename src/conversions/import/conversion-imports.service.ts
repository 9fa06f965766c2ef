import { Injectable } from '@nestjs/common';
import type { ChunkWriter } from '../../imports/chunk-writer.js';
import { type ImportJob, ofKind } from '../../imports/import-job.schema.js';
import { ImportJobsRepository } from '../../imports/import-jobs.repository.js';
import { ImportReceiver, type ReceivedFile } from '../../imports/import-receiver.service.js';
import type { Network } from '../../networks/network.schema.js';
import { NetworksService } from '../../networks/networks.service.js';
import { PresetCatalogue } from '../../networks/catalogue/preset-catalogue.service.js';
import { dialectOf } from '../../networks/rules/reading/dialect-of.js';
import type { NetworkDialect } from '../../networks/rules/reading/reading.js';
import { EventLoopYielder } from '../../platform/concurrency/event-loop-yielder.js';
import { CsvError } from '../../platform/csv/csv-error.js';
import { importQueue } from '../../platform/csv/import-queue.js';
import { fileProblem, type UploadedFile } from '../../platform/http/bodies/csv-upload.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Caller } from '../../workspaces/caller.js';
import type { ColumnMapping } from '../rules/import/column-mapping.js';
import { ConversionFile } from './conversion-file.js';
import { completeImport, type ConversionFileFields } from './conversion-import.js';
import { ROW_VERDICTS } from './row-result.js';

const CHUNK_ROWS = 250;
/** A file without a network has the common words only. */
const NO_DIALECT: NetworkDialect = { mapping: { params: {}, events: {}, statuses: {} }, defaults: {} };

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
    private readonly networks: NetworksService,
    private readonly presets: PresetCatalogue,
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
    const network = await this.networkOf(caller.workspaceId, networkId);
    const dialect = network ? dialectOf(network, this.presets.find(network.preset)) : NO_DIALECT;
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

  private async networkOf(workspaceId: WorkspaceId, networkId: string | null): Promise<Network | undefined> {
    if (networkId === null) return undefined;
    const network = await this.networks.find(workspaceId, networkId);
    if (network !== undefined) return network;
    const message = 'there is no such network in this workspace';
    throw ProblemException.invalid({ path: 'networkId', code: 'not_found', message });
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
