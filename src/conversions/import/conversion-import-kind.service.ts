import { Injectable } from '@nestjs/common';
import type { ImportChunk } from '../../imports/import-chunk.schema.js';
import type { ImportJob } from '../../imports/import-job.schema.js';
import {
  type ChunkOutcome,
  type ChunkTools,
  IMPORT_KIND_LIST,
  type ImportKind,
  type ImportRun,
} from '../../imports/imports.ports.js';
import { toHint } from '../../networks/rules/reading/hints.js';
import type { MappingAdditions } from '../../networks/rules/reading/reading.js';
import { Transactions } from '../../platform/mongo/transactions.js';
import { Ports } from '../../platform/ports/ports.service.js';
import { ConversionLoader } from '../conversion-loader.service.js';
import { ConversionsService } from '../conversions.service.js';
import type { EventResult } from '../rules/event-result.js';
import type { ConversionEvent } from '../rules/conversion-event.js';
import { LedgerDryRun } from '../rules/import/ledger-dry-run.js';
import { completeImport, type ConversionImport } from './conversion-import.js';
import { addWarnings, type RowResult } from './row-result.js';
import { type InterpretedRow, RowInterpreter } from './row-interpreter.service.js';

const UNKNOWN_TRANSACTION =
  'No payment with this transaction id was received yet: import the payment first, or import this row again afterwards.';

/** The results of a chunk's events, and whether a conversion exists by then. */
interface ChunkResults {
  applied: EventResult[];
  exists: (conversionId: string) => boolean;
}

/** Imports conversions. A chunk is applied in one transaction with its results, so no row is applied twice or left out. */
@Injectable()
export class ConversionImportKind implements ImportKind {
  readonly name = 'conversions';
  readonly refusedVerdict = 'rejected';
  readonly emptyFields = { warnings: [], additions: {} };

  constructor(
    private readonly interpreter: RowInterpreter,
    private readonly conversions: ConversionsService,
    private readonly loader: ConversionLoader,
    private readonly transactions: Transactions,
    ports: Ports,
  ) {
    ports.add(IMPORT_KIND_LIST, this.name, this);
  }

  begin({ dryRun }: ImportJob): Promise<ImportRun> {
    if (!dryRun) return Promise.resolve({ applyChunk: (...args) => this.applyChunk(...args) });
    const ledger = new LedgerDryRun();
    return Promise.resolve({ applyChunk: (...args) => this.tryChunk(ledger, ...args) });
  }

  private async applyChunk(job: ImportJob, chunk: ImportChunk, { store }: ChunkTools): Promise<ImportJob> {
    const rows = await this.interpreter.interpret(completeImport(job), chunk);
    return this.transactions.run(async (tx) => {
      const applied = await this.conversions.applyAll(job.workspaceId, eventsOf(rows), tx);
      return store(outcomeOf(completeImport(job), rows, { applied, exists: () => true }), tx);
    });
  }

  /** The same for a dry run: only its results are stored. */
  private async tryChunk(
    ledger: LedgerDryRun,
    job: ImportJob,
    chunk: ImportChunk,
    { store }: ChunkTools,
  ): Promise<ImportJob> {
    const rows = await this.interpreter.interpret(completeImport(job), chunk);
    const events = eventsOf(rows);
    const { conversions } = await this.loader.load(job.workspaceId, events);
    const ids = new Set(conversions.map((one) => one._id));
    const applied = ledger.apply(events, conversions);
    return store(outcomeOf(completeImport(job), rows, { applied, exists: (id) => ids.has(id) }));
  }
}

function eventsOf(rows: readonly InterpretedRow[]): ConversionEvent[] {
  return rows.flatMap(({ result }) => ('reason' in result ? [] : [result]));
}

function outcomeOf(job: ConversionImport, rows: readonly InterpretedRow[], applied: ChunkResults): ChunkOutcome {
  const warnings = addWarnings(
    job.warnings,
    rows.map(({ notices }) => notices),
  );
  const additions = Object.assign({}, ...rows.map((row) => row.additions), job.additions) as MappingAdditions;
  return { results: toResults(rows, applied), fields: { warnings, additions } };
}

function toResults(interpreted: readonly InterpretedRow[], { applied, exists }: ChunkResults): RowResult[] {
  let next = 0;
  return interpreted.map(({ row, line, result, notices: read }) => {
    if ('reason' in result) return { row, line, verdict: 'rejected', ...result, conversionId: null };
    const change = applied[next++];
    if (change === undefined) throw new Error('a row without an outcome');
    const hint = toHint([...read, ...(change.notices ?? [])]);
    if (!('conversionId' in change)) {
      return {
        row,
        line,
        verdict: 'rejected',
        reason: change.outcome,
        hint: hint ?? UNKNOWN_TRANSACTION,
        conversionId: null,
      };
    }
    const { outcome, conversionId } = change;
    const shown = exists(conversionId) ? conversionId : null;
    return { row, line, verdict: outcome, reason: null, hint, conversionId: shown };
  });
}
