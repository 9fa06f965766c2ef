import { Injectable } from '@nestjs/common';
import { toHint } from '../../networks/rules/reading/hints.js';
import type { MappingAdditions } from '../../networks/rules/reading/reading.js';
import type { Lease } from '../../platform/jobs/lease.js';
import { type Transaction, Transactions } from '../../platform/mongo/transactions.js';
import { ConversionLoader } from '../conversion-loader.service.js';
import type { ConversionEvent } from '../rules/conversion-event.js';
import { ConversionsService } from '../conversions.service.js';
import type { EventResult } from '../rules/event-result.js';
import { completeImport } from './complete-import.js';
import type { ConversionImport } from './conversion-import.schema.js';
import { chunkId, type ImportChunk } from './import-chunk.schema.js';
import { ImportChunksRepository } from './import-chunks.repository.js';
import { ImportsRepository } from './imports.repository.js';
import { type InterpretedRow, RowInterpreter } from './row-interpreter.service.js';
import type { LedgerDryRun } from '../rules/import/ledger-dry-run.js';
import { addWarnings, countVerdicts, type ConversionImportWarning, type RowResult } from './row-result.js';

const MAX_PROBLEMS = 20;
const UNKNOWN_TRANSACTION =
  'No money is known under this transaction id: import what it takes back first, or send the row again afterwards.';

/** The results of a chunk's events, and the conversions after them. */
interface Outcome {
  applied: EventResult[];
  exists: (conversionId: string) => boolean;
}

/** The results of a chunk's rows, and the state of the import after them. */
interface ChunkOutcome {
  results: RowResult[];
  warnings: ConversionImportWarning[];
  additions: MappingAdditions;
}

/** Another process works on it, or it was cancelled: what was done in the transaction is not stored. */
class NotOurs extends Error {}

/** Does the next chunk of an import, in one transaction with its results and the import's position. */
@Injectable()
export class ImportApplier {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly chunks: ImportChunksRepository,
    private readonly interpreter: RowInterpreter,
    private readonly conversions: ConversionsService,
    private readonly loader: ConversionLoader,
    private readonly transactions: Transactions,
  ) {}

  /** @returns the import as it is then; `undefined` when the holder of the lease has lost it. */
  async apply(order: ConversionImport, lease: Lease): Promise<ConversionImport | undefined> {
    return this.nextChunk(order, lease, async (events, tx) => ({
      applied: await this.conversions.applyAll(order.workspaceId, events, tx),
      exists: () => true,
    }));
  }

  /** The same for a dry run: nothing but its results is stored. */
  async rehearse(
    order: ConversionImport,
    rehearsal: LedgerDryRun,
    lease: Lease,
  ): Promise<ConversionImport | undefined> {
    let outcome: Outcome | undefined;
    return this.nextChunk(order, lease, async (events) => {
      // Once, though a transaction may run several times.
      outcome ??= await this.rehearseEvents(order, rehearsal, events);
      return outcome;
    });
  }

  private async rehearseEvents(
    { workspaceId }: ConversionImport,
    rehearsal: LedgerDryRun,
    events: ConversionEvent[],
  ): Promise<Outcome> {
    const { conversions } = await this.loader.load(workspaceId, events);
    const ids = new Set(conversions.map((one) => one._id));
    return { applied: rehearsal.apply(events, conversions), exists: (id) => ids.has(id) };
  }

  /** Begins a dry run anew: what another process remembered of it is not known here. */
  async restart(
    { workspaceId, _id }: ConversionImport,
    { holder, leaseUntil }: Lease,
  ): Promise<ConversionImport | undefined> {
    const counts = countVerdicts([]);
    const begin = { nextChunk: 0, done: 0, counts, problems: [], warnings: [], additions: {} };
    const changes = { ...begin, leaseUntil, updatedAt: new Date() };
    return this.imports.updateOne(workspaceId, { _id, status: 'running', holder }, { $set: changes });
  }

  async end(
    { workspaceId, _id }: ConversionImport,
    status: 'done' | 'failed' | 'cancelled',
    error: string | null = null,
  ): Promise<ConversionImport | undefined> {
    return this.imports.updateOne(
      workspaceId,
      { _id, status: { $in: ['receiving', 'running'] } },
      { $set: { status, error, holder: null, updatedAt: new Date() }, $unset: { active: 1 } },
    );
  }

  private async nextChunk(
    order: ConversionImport,
    lease: Lease,
    apply: (events: ConversionEvent[], tx: Transaction) => Promise<Outcome>,
  ): Promise<ConversionImport | undefined> {
    const { workspaceId, _id, nextChunk } = order;
    if (nextChunk >= order.chunks) return this.end(order, 'done');
    const chunk = await this.chunks.findById(workspaceId, chunkId(_id, nextChunk));
    if (chunk === undefined) return this.end(order, 'failed', 'The rows of this file were deleted.');
    const interpreted = await this.interpreter.interpret(order, chunk);
    const warnings = addWarnings(
      completeImport(order).warnings,
      interpreted.map(({ notices }) => notices),
    );
    const additions = Object.assign(
      {},
      ...interpreted.map((one) => one.additions),
      order.additions,
    ) as MappingAdditions;
    const events = interpreted.flatMap(({ result }) => ('reason' in result ? [] : [result]));
    try {
      return await this.transactions.run(async (tx) => {
        const results = toResults(interpreted, await apply(events, tx));
        return this.store(order, chunk, { results, warnings, additions }, lease, tx);
      });
    } catch (error) {
      if (error instanceof NotOurs) return undefined;
      throw error;
    }
  }

  private async store(
    order: ConversionImport,
    { _id }: ImportChunk,
    { results, warnings, additions }: ChunkOutcome,
    { holder, leaseUntil }: Lease,
    tx: Transaction,
  ): Promise<ConversionImport> {
    const { workspaceId, nextChunk, dryRun } = order;
    const counts = countVerdicts(results);
    const problems = [...order.problems, ...results.filter(({ verdict }) => verdict === 'rejected')];
    const isLast = nextChunk + 1 === order.chunks;
    const verdicts = [...new Set(results.map(({ verdict }) => verdict))];
    await this.chunks.updateById(workspaceId, _id, { $set: { results, verdicts, ...(!dryRun && { rows: [] }) } }, tx);
    const stored = await this.imports.updateOne(
      workspaceId,
      { _id: order._id, status: 'running', holder, nextChunk },
      {
        $set: {
          leaseUntil,
          updatedAt: new Date(),
          problems: problems.slice(0, MAX_PROBLEMS),
          warnings,
          additions,
          ...(isLast && { status: 'done' as const, holder: null }),
        },
        $inc: { nextChunk: 1, done: results.length, ...prefixed(counts) },
        ...(isLast && { $unset: { active: 1 as const } }),
      },
      tx,
    );
    if (stored === undefined) throw new NotOurs();
    return stored;
  }
}

function toResults(interpreted: readonly InterpretedRow[], { applied, exists }: Outcome): RowResult[] {
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

function prefixed(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).map(([verdict, count]) => [`counts.${verdict}`, count]));
}
