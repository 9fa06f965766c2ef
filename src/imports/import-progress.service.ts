import { Injectable } from '@nestjs/common';
import type { Lease } from '../platform/jobs/lease.js';
import { type Transaction, Transactions } from '../platform/mongo/transactions.js';
import type { ImportChunk } from './import-chunk.schema.js';
import { ImportChunksRepository } from './import-chunks.repository.js';
import type { ImportJob } from './import-job.schema.js';
import { ImportJobsRepository } from './import-jobs.repository.js';
import { countVerdicts } from './import-row-result.js';
import { type ChunkOutcome, type ImportKind, LeaseLost } from './imports.ports.js';

const MAX_PROBLEMS = 20;

/** Stores how far a job has come. */
@Injectable()
export class ImportProgress {
  constructor(
    private readonly jobs: ImportJobsRepository,
    private readonly chunks: ImportChunksRepository,
    private readonly transactions: Transactions,
  ) {}

  /** Stores the results of a chunk together with the new position of its job. @throws LeaseLost */
  async store(
    kind: ImportKind,
    job: ImportJob,
    chunk: ImportChunk,
    outcome: ChunkOutcome,
    lease: Lease,
    tx?: Transaction,
  ): Promise<ImportJob> {
    if (tx === undefined) return this.transactions.run((own) => this.store(kind, job, chunk, outcome, lease, own));
    const { workspaceId, nextChunk, dryRun } = job;
    const { results, fields, memory } = outcome;
    const verdicts = [...new Set(results.map(({ verdict }) => verdict))];
    const changes = { results: [...results], verdicts, ...(memory && { memory }), ...(!dryRun && { rows: [] }) };
    await this.chunks.updateById(workspaceId, chunk._id, { $set: changes }, tx);
    const isLast = nextChunk + 1 === job.chunks;
    const refused = results.filter(({ verdict }) => verdict === kind.refusedVerdict);
    const stored = await this.jobs.updateOne(
      workspaceId,
      { _id: job._id, status: 'running', holder: lease.holder, nextChunk },
      {
        $set: {
          ...fields,
          leaseUntil: lease.leaseUntil,
          updatedAt: new Date(),
          problems: [...job.problems, ...refused].slice(0, MAX_PROBLEMS),
          ...(isLast && { status: 'done' as const, holder: null }),
        },
        $inc: { nextChunk: 1, done: results.length, ...prefixed(countVerdicts(results)) },
        ...(isLast && { $unset: { active: 1 as const } }),
      },
      tx,
    );
    if (stored === undefined) throw new LeaseLost();
    return stored;
  }

  /** Begins a dry run anew: what another process remembered of it is not known here. */
  async restart(
    kind: ImportKind,
    { workspaceId, _id, counts }: ImportJob,
    { holder, leaseUntil }: Lease,
  ): Promise<ImportJob | undefined> {
    const none = Object.fromEntries(Object.keys(counts).map((verdict) => [verdict, 0]));
    const begin = { ...kind.emptyFields, nextChunk: 0, done: 0, counts: none, problems: [] };
    const changes = { ...begin, leaseUntil, updatedAt: new Date() };
    return this.jobs.updateOne(workspaceId, { _id, status: 'running', holder }, { $set: changes });
  }

  /** @returns `undefined` when it has ended already. */
  async end(
    { workspaceId, _id }: ImportJob,
    status: 'done' | 'failed' | 'cancelled',
    error: string | null = null,
  ): Promise<ImportJob | undefined> {
    return this.jobs.updateOne(
      workspaceId,
      { _id, status: { $in: ['receiving', 'running'] } },
      { $set: { status, error, holder: null, updatedAt: new Date() }, $unset: { active: 1 } },
    );
  }
}

function prefixed(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).map(([verdict, count]) => [`counts.${verdict}`, count]));
}
