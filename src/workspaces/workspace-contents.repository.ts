import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';

const BATCH = 1_000;
const READ_BATCH = 500;

type Row = Record<string, unknown> & { _id: string };

/** The documents of a workspace in all collections. Collections of new modules are included automatically. */
@Injectable()
export class WorkspaceContentsRepository {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  /** The collections whose documents belong to workspaces. */
  collections(): string[] {
    const models = Object.values(this.connection.models);
    const names = models.flatMap((model) =>
      model.schema.path('workspaceId') ? [model.collection.collectionName] : [],
    );
    return [...new Set(names)].sort();
  }

  /**
   * Deletes the workspace's documents of a collection in batches.
   * @param onDeleted called after each batch with its size. The deletion stops when it returns false.
   * @returns the number of deleted documents.
   */
  async deleteAll(
    workspaceId: WorkspaceId,
    collection: string,
    onDeleted: (deleted: number) => Promise<boolean>,
  ): Promise<number> {
    let deleted = 0;
    for await (const batch of inBatches(this.rows(workspaceId, collection, { _id: 1 }))) {
      const ids = batch.map(({ _id }) => _id);
      const filter = { _id: { $in: ids }, workspaceId };
      const { deletedCount } = await this.connection.collection<Row>(collection).deleteMany(filter);
      deleted += deletedCount;
      if (!(await onDeleted(deletedCount))) break;
    }
    return deleted;
  }

  /** The workspace's documents of a collection. They are read as they are consumed, so any number fits into memory. */
  async *rows(
    workspaceId: WorkspaceId,
    collection: string,
    projection: Record<string, 0 | 1> = {},
  ): AsyncGenerator<Row> {
    const options = { projection, batchSize: READ_BATCH };
    const cursor = this.connection.collection<Row>(collection).find({ workspaceId }, options);
    try {
      for await (const row of cursor) yield row as Row;
    } finally {
      await cursor.close();
    }
  }
}

async function* inBatches(rows: AsyncIterable<Row>): AsyncGenerator<Row[]> {
  let batch: Row[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
