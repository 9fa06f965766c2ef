import type { Model, QueryFilter, Require_id, UpdateQuery } from 'mongoose';
import type { Page, PageRequest } from '../http/pagination.js';
import type { WorkspaceId } from '../tenancy/workspace-id.js';
import type { Transaction } from './transactions.js';

/** Every stored thing has an id of ours and belongs to one workspace. */
export interface TenantDocument {
  _id: string;
  workspaceId: WorkspaceId;
}

const STREAM_BATCH = 500;

/** A filter within a workspace. The workspace itself is not for the caller to filter by. */
export type Within<T> = Omit<QueryFilter<T>, 'workspaceId'> & { workspaceId?: never };

/**
 * The only way to a tenant's documents: each method asks for the workspace first, and adds it to what it reads and writes.
 * Subclasses have no access to the model, so a query without a workspace can not be written by mistake. Questions
 * that cross workspaces (which link answers this host and slug?) are read-models of their own, and look like it.
 */
export abstract class TenantRepository<T extends TenantDocument> {
  readonly #model: Model<T>;

  constructor(model: Model<T>) {
    this.#model = model;
  }

  async insert(workspaceId: WorkspaceId, fields: Omit<T, 'workspaceId'>, tx?: Transaction): Promise<T> {
    const document = { ...fields, workspaceId } as unknown as T;
    // Not insertMany: its error does not say which index refused the document.
    await this.#model.create([document] as never, { session: tx ?? null });
    return document;
  }

  async insertMany(workspaceId: WorkspaceId, rows: Omit<T, 'workspaceId'>[], tx: Transaction): Promise<void> {
    await this.#model.insertMany(rows.map((row) => ({ ...row, workspaceId })) as never[], { session: tx });
  }

  async findById(workspaceId: WorkspaceId, id: string, tx?: Transaction): Promise<T | undefined> {
    return this.findOne(workspaceId, { _id: id } as Within<T>, tx);
  }

  async findOne(workspaceId: WorkspaceId, filter: Within<T>, tx?: Transaction): Promise<T | undefined> {
    const found = await this.#model
      .findOne(scoped<T>(workspaceId, filter))
      .session(tx ?? null)
      .lean<T>()
      .exec();
    return found ?? undefined;
  }

  async findMany(workspaceId: WorkspaceId, filter: Within<T>, tx?: Transaction): Promise<T[]> {
    return this.#model
      .find(scoped<T>(workspaceId, filter))
      .session(tx ?? null)
      .lean<T[]>()
      .exec();
  }

  /** Newest first; the cursor is the last id of the page before. */
  async page(workspaceId: WorkspaceId, filter: Within<T>, { limit, cursor }: PageRequest): Promise<Page<T>> {
    const conditions = cursor === undefined ? filter : { $and: [filter, { _id: { $lt: cursor } }] };
    const rows = await this.#model
      .find(scoped<T>(workspaceId, conditions as Within<T>))
      .sort({ _id: -1 })
      .limit(limit + 1)
      .lean<Require_id<T>[]>()
      .exec();
    return { rows: rows.slice(0, limit) as T[], hasMore: rows.length > limit };
  }

  /**
   * All of them, read in batches as they are asked for, so that their number does not matter; newest first if not said otherwise.
   * Who stops early ends the reading. What is written meanwhile may be in it or not.
   */
  stream(
    workspaceId: WorkspaceId,
    filter: Within<T>,
    { sort = { _id: -1 } }: { sort?: Record<string, 1 | -1> } = {},
  ): AsyncGenerator<T> {
    const query = this.#model.find(scoped<T>(workspaceId, filter)).sort(sort);
    return rowsOf<T>(() => query.lean<T[]>().cursor({ batchSize: STREAM_BATCH }));
  }

  /** Changes the one document and gives it back as it is then. */
  async updateById(
    workspaceId: WorkspaceId,
    id: string,
    update: UpdateQuery<T>,
    tx?: Transaction,
  ): Promise<T | undefined> {
    return this.updateOne(workspaceId, { _id: id } as Within<T>, update, tx);
  }

  async updateOne(
    workspaceId: WorkspaceId,
    filter: Within<T>,
    update: UpdateQuery<T>,
    tx?: Transaction,
  ): Promise<T | undefined> {
    const changed = await this.#model
      .findOneAndUpdate(scoped<T>(workspaceId, filter), update, { session: tx ?? null, returnDocument: 'after' })
      .lean<T>()
      .exec();
    return changed ?? undefined;
  }

  /** Like updateOne, but creates the document where there is none. */
  async upsertOne(
    workspaceId: WorkspaceId,
    filter: Within<T>,
    update: UpdateQuery<T>,
    tx?: Transaction,
  ): Promise<void> {
    await this.#model
      .updateOne(scoped<T>(workspaceId, filter), update, { ...(tx && { session: tx }), upsert: true })
      .exec();
  }

  /** Like upsertOne for many, with one command, which the driver gets as it is: mongoose would make objects of it all. */
  async upsertMany(
    workspaceId: WorkspaceId,
    updates: readonly { filter: Within<T>; update: UpdateQuery<T> }[],
    tx: Transaction,
  ): Promise<void> {
    const operations = updates.map(({ filter, update }) => ({
      updateOne: { filter: scoped<T>(workspaceId, filter), update, upsert: true },
    }));
    await this.write(operations, tx);
  }

  /** Stores whole documents, new ones and such as they are now, with one command, which the driver gets as it is. */
  async saveMany(
    workspaceId: WorkspaceId,
    { inserts, updates }: { inserts: readonly Omit<T, 'workspaceId'>[]; updates: readonly Omit<T, 'workspaceId'>[] },
    tx?: Transaction,
  ): Promise<void> {
    const operations = [
      ...inserts.map((row) => ({ insertOne: { document: { ...row, workspaceId } } })),
      ...updates.map((row) => ({
        replaceOne: { filter: { _id: (row as T)._id, workspaceId }, replacement: { ...row, workspaceId } },
      })),
    ];
    await this.write(operations, tx);
  }

  async deleteMany(workspaceId: WorkspaceId, filter: Within<T>, tx: Transaction): Promise<void> {
    await this.#model.deleteMany(scoped<T>(workspaceId, filter), { session: tx }).exec();
  }

  private async write(operations: readonly object[], tx: Transaction | undefined): Promise<void> {
    if (operations.length === 0) return;
    const options = { ...(tx && { session: tx }), ordered: false, ignoreUndefined: true };
    await this.#model.collection.bulkWrite(operations as never[], options);
  }

  /** Whether there was one to delete. */
  async deleteById(workspaceId: WorkspaceId, id: string): Promise<boolean> {
    const { deletedCount } = await this.#model.deleteOne(scoped<T>(workspaceId, { _id: id } as Within<T>)).exec();
    return deletedCount === 1;
  }
}

interface RowCursor {
  next(): Promise<unknown>;
  close(): Promise<unknown>;
}

/** Mongoose's own iterator leaves the cursor open when the loop over it is left. */
async function* rowsOf<T>(open: () => RowCursor): AsyncGenerator<T> {
  const cursor = open();
  try {
    for (let row = await cursor.next(); row !== null; row = await cursor.next()) yield row as T;
  } finally {
    await cursor.close();
  }
}

/** The workspace stands last, so that no filter can replace it. */
function scoped<T>(workspaceId: WorkspaceId, filter: Within<T>): QueryFilter<T> {
  return { ...filter, workspaceId } as unknown as QueryFilter<T>;
}
