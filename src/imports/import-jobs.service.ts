import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../platform/http/pagination.js';
import { ProblemException } from '../platform/http/problems/problem.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { chunkId, type ImportChunk } from './import-chunk.schema.js';
import { ImportChunksRepository } from './import-chunks.repository.js';
import { type ImportJob, type ImportKindName, ofKind } from './import-job.schema.js';
import { ImportJobsRepository } from './import-jobs.repository.js';
import { ImportProgress } from './import-progress.service.js';
import type { ImportRowResult } from './import-row-result.js';

/** Number of chunks that are read at once. */
const CHUNKS = 10;

/** Lists, reads and cancels import jobs, and reads the verdicts of their rows. */
@Injectable()
export class ImportJobs {
  constructor(
    private readonly jobs: ImportJobsRepository,
    private readonly chunks: ImportChunksRepository,
    private readonly progress: ImportProgress,
  ) {}

  page(workspaceId: WorkspaceId, kind: ImportKindName, page: PageRequest): Promise<Page<ImportJob>> {
    return this.jobs.page(workspaceId, ofKind(kind), page);
  }

  /** @throws ProblemException 404. */
  async get(workspaceId: WorkspaceId, kind: ImportKindName, id: string): Promise<ImportJob> {
    const job = await this.jobs.findOne(workspaceId, { _id: id, ...ofKind(kind) });
    if (!job) throw ProblemException.notFound('import');
    return job;
  }

  /** Applied rows stay applied. A chunk that is under way may still be applied. @throws ProblemException 404. */
  async cancel(workspaceId: WorkspaceId, kind: ImportKindName, id: string): Promise<ImportJob> {
    const job = await this.get(workspaceId, kind, id);
    return (await this.progress.end(job, 'cancelled')) ?? this.get(workspaceId, kind, id);
  }

  /** The results so far, in the order of the file. Some thousand at a time are in memory. */
  async *rows<R extends ImportRowResult>(job: ImportJob, verdict?: R['verdict'], afterRow = 0): AsyncGenerator<R> {
    for (let number = 0; number < job.nextChunk; number += CHUNKS) {
      for (const { results } of await this.chunksFrom(job, number, verdict, afterRow)) {
        for (const result of results as R[]) {
          if (result.row > afterRow && (verdict === undefined || result.verdict === verdict)) yield result;
        }
      }
    }
  }

  /** A page of them. The cursor is the number of the last row of the page before. */
  async pageOfRows<R extends ImportRowResult>(
    job: ImportJob,
    verdict: R['verdict'] | undefined,
    { limit, cursor }: PageRequest,
  ): Promise<{ rows: R[]; hasMore: boolean }> {
    const rows: R[] = [];
    for await (const row of this.rows<R>(job, verdict, Number(cursor ?? 0) || 0)) {
      if (rows.length === limit) return { rows, hasMore: true };
      rows.push(row);
    }
    return { rows, hasMore: false };
  }

  private async chunksFrom(
    { workspaceId, _id, nextChunk }: ImportJob,
    from: number,
    verdict: string | undefined,
    afterRow: number,
  ): Promise<ImportChunk[]> {
    const numbers = Array.from({ length: Math.min(CHUNKS, nextChunk - from) }, (_, i) => from + i);
    const found = await this.chunks.findMany(workspaceId, {
      _id: { $in: numbers.map((number) => chunkId(_id, number)) },
      'results.row': { $gt: afterRow },
      ...(verdict !== undefined && { verdicts: verdict }),
    });
    return found.toSorted((a, b) => a.firstRow - b.firstRow);
  }
}
