import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../../platform/http/pagination.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { ConversionImport } from './conversion-import.schema.js';
import { chunkId, type ImportChunk } from './import-chunk.schema.js';
import { ImportApplier } from './import-applier.service.js';
import { ImportChunksRepository } from './import-chunks.repository.js';
import { ImportsRepository } from './imports.repository.js';
import type { RowResult, RowVerdict } from './row-result.js';

/** Chunks that are read at once. */
const CHUNKS = 10;

/** Imports and what became of their rows. */
@Injectable()
export class Imports {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly chunks: ImportChunksRepository,
    private readonly applier: ImportApplier,
  ) {}

  page(workspaceId: WorkspaceId, page: PageRequest): Promise<Page<ConversionImport>> {
    return this.imports.page(workspaceId, {}, page);
  }

  async read(workspaceId: WorkspaceId, id: string): Promise<ConversionImport> {
    const order = await this.imports.findById(workspaceId, id);
    if (!order) throw ProblemException.notFound('import');
    return order;
  }

  /** Applied rows stay applied; rows in progress may still be applied. */
  async cancel(workspaceId: WorkspaceId, id: string): Promise<ConversionImport> {
    const order = await this.read(workspaceId, id);
    return (await this.applier.end(order, 'cancelled')) ?? this.read(workspaceId, id);
  }

  /** The rows that were done so far, in their order; some thousand at a time are held. */
  async *rows(order: ConversionImport, verdict?: RowVerdict, afterRow = 0): AsyncGenerator<RowResult> {
    for (let number = 0; number < order.nextChunk; number += CHUNKS) {
      for (const { results } of await this.chunksFrom(order, number, verdict, afterRow)) {
        for (const result of results) {
          if (result.row > afterRow && (verdict === undefined || result.verdict === verdict)) yield result;
        }
      }
    }
  }

  /** A page of them. The cursor is the number of the last row of the page before. */
  async pageOfRows(
    order: ConversionImport,
    verdict: RowVerdict | undefined,
    { limit, cursor }: PageRequest,
  ): Promise<{ rows: RowResult[]; hasMore: boolean }> {
    const rows: RowResult[] = [];
    for await (const row of this.rows(order, verdict, Number(cursor ?? 0) || 0)) {
      if (rows.length === limit) return { rows, hasMore: true };
      rows.push(row);
    }
    return { rows, hasMore: false };
  }

  private async chunksFrom(
    { workspaceId, _id, nextChunk }: ConversionImport,
    from: number,
    verdict: RowVerdict | undefined,
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
