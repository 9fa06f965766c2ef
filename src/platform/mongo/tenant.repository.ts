import type { Model, mongo, PipelineStage, QueryFilter, Require_id, UpdateQuery } from 'mongoose';
import { containing } from './containing.js';
import { differences } from './differences.js';
import type { Page, PageRequest } from '../http/pagination.js';
import type { WorkspaceId } from '../tenancy/workspace-id.js';
import type { Transaction } from './transactions.js';

// Access to MongoDB. Start here: all repositories of tenants extend this class. transactions.ts runs transactions with the
// sessions of session-registry.service.ts; mongo-errors.ts classifies errors.

/** A document of one workspace, with an id made by `newId` or derived from one. */
export interface TenantDocument {
  _id: string;
  workspaceId: WorkspaceId;
}

const STREAM_BATCH = 500;
/** Large enough for one answer in most cases: MongoDB's default first batch is 101. */
const MAX_BATCH = 10_000;

/** A filter within a workspace. The repository adds the workspace, so the caller must not. */
export type Within<T> = Omit<QueryFilter<T>, 'workspaceId'> & { workspaceId?: never };

/** A document as read by this repository, and its new state. */
export interface DocumentChange<T> {
  before: Omit<T, 'workspaceId'>;
  after: Omit<T, 'workspaceId'>;
}

/** Increments of a document's numbers, and further fields if it is new. */
export interface Addition<T> {
  _id: string;
  add: Readonly<Record<string, number | mongo.Decimal128>>;
  fields?: Partial<Omit<T, '_id' | 'workspaceId'>>;
}

export interface FindOptions<K> {
  sort?: Record<string, 1 | -1>;
  limit?: number;
  fields?: readonly K[];
  maxTimeMs?: number;
}

/** Bounds of a query that people wait for; see `isTooSlow`. */
export interface QueryBounds {
  limit: number;
  maxTimeMs: number;
}

/** A part of a collection, in the order of ids. */
export interface Scan<K> {
  after?: string | undefined;
  limit: number;
  fields?: readonly K[];
  maxTimeMs?: number;
}

/**
 * The only access to a tenant's documents: each method takes the workspace first, and adds it to its filters and writes.
 * Subclasses have no access to the model, so a query without a workspace cannot be written by mistake. Queries across
 * workspaces (such as the link of a host and slug) are in separate read-models.
 */
export abstract class TenantRepository<T extends TenantDocument> {
  readonly #model: Model<T>;

  constructor(model: Model<T>) {
    this.#model = model;
  }

  async insert(workspaceId: WorkspaceId, fields: Omit<T, 'workspaceId'>, tx?: Transaction): Promise<T> {
    const document = inWorkspace<T>(workspaceId, fields);
    // Not insertMany: its error does not name the index that refused the document.
    await this.#model.create([document] as never, { session: tx ?? null });
    return document;
  }

  async insertMany(workspaceId: WorkspaceId, rows: Omit<T, 'workspaceId'>[], tx: Transaction): Promise<void> {
    await this.#model.insertMany(rows.map((row) => inWorkspace(workspaceId, row)) as never[], { session: tx });
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

  /** @param options `fields`: only these of them; `maxTimeMs`: time limit of the query, see `isTooSlow`. */
  async findMany<K extends keyof T & string = keyof T & string>(
    workspaceId: WorkspaceId,
    filter: Within<T>,
    tx?: Transaction,
    { sort = {}, limit = 0, fields, maxTimeMs = 0 }: FindOptions<K> = {},
  ): Promise<Pick<T, K>[]> {
    return this.#model
      .find(scoped<T>(workspaceId, filter))
      .select(projection(fields))
      .sort(sort)
      .limit(limit)
      .batchSize(MAX_BATCH)
      .maxTimeMS(maxTimeMs)
      .session(tx ?? null)
      .lean<Pick<T, K>[]>()
      .exec();
  }

  /**
   * The document with this id, and those that contain the text in one of the fields, regardless of case; newest first. It
   * reads all documents of the workspace, so it is for small collections.
   */
  async findContaining<K extends keyof T & string>(
    workspaceId: WorkspaceId,
    searched: readonly string[],
    text: string,
    options: QueryBounds & { fields: readonly K[] },
  ): Promise<Pick<T, K>[]> {
    const contained = searched.map((field) => ({ [field]: containing(text) }));
    const filter = { $or: [{ _id: text }, ...contained] } as unknown as Within<T>;
    return this.findMany<K>(workspaceId, filter, undefined, { sort: { _id: -1 }, ...options });
  }

  /**
   * Like `findMany`, with a single driver command. Every postback's transaction begins with it, and mongoose's queries and
   * the driver's cursors cost some percent of the transaction (docs/adr/0023).
   * @param filter its values are neither cast nor checked for operators: they must have their stored types.
   */
  async findAtOnce(workspaceId: WorkspaceId, filter: Within<T>, tx: Transaction): Promise<T[]> {
    const { collection, db } = this.#model;
    const command = { find: collection.name, filter: scoped<T>(workspaceId, filter), batchSize: MAX_BATCH };
    const answer = await db.getClient().db(db.name).command(command, { session: tx });
    const { id, firstBatch } = answer['cursor'] as { id: unknown; firstBatch: T[] };
    // More than the 16 MB of an answer. The cursor of the rest ends with the transaction.
    return Number(id) === 0 ? firstBatch : ((await this.findMany(workspaceId, filter, tx)) as T[]);
  }

  /**
   * Newest first. The cursor is the last id of the previous page.
   * @param maxTimeMs time limit of the query; see `isTooSlow`.
   */
  async page(
    workspaceId: WorkspaceId,
    filter: Within<T>,
    { limit, cursor }: PageRequest,
    maxTimeMs = 0,
  ): Promise<Page<T>> {
    const conditions = cursor === undefined ? filter : { $and: [filter, { _id: { $lt: cursor } }] };
    const rows = await this.#model
      .find(scoped<T>(workspaceId, conditions as Within<T>))
      .sort({ _id: -1 })
      .limit(limit + 1)
      .maxTimeMS(maxTimeMs)
      .lean<Require_id<T>[]>()
      .exec();
    return { rows: rows.slice(0, limit) as T[], hasMore: rows.length > limit };
  }

  /**
   * All matching documents, read in batches on demand, so that their number does not matter; newest first by default.
   * Leaving the loop ends the reading. Documents that are written meanwhile may or may not be included.
   * @param options `fields`: only these of them; `maxTimeMs`: time limit of the query, see `isTooSlow`.
   */
  stream<K extends keyof T & string = keyof T & string>(
    workspaceId: WorkspaceId,
    filter: Within<T>,
    { sort = { _id: -1 }, fields, maxTimeMs = 0 }: Omit<FindOptions<K>, 'limit'> = {},
  ): AsyncGenerator<Pick<T, K>> {
    const query = this.#model
      .find(scoped<T>(workspaceId, filter))
      .select(projection(fields))
      .sort(sort)
      .maxTimeMS(maxTimeMs);
    return rowsOf<Pick<T, K>>(() => query.lean<T[]>().cursor({ batchSize: STREAM_BATCH }));
  }

  /** Oldest first, after the id `after`; only `fields` of them when given. */
  async scan<K extends keyof T & string = keyof T & string>(
    workspaceId: WorkspaceId,
    filter: Within<T>,
    { after = '', limit, fields, maxTimeMs = 0 }: Scan<K>,
  ): Promise<Pick<T, K>[]> {
    return this.#model
      .find(scoped<T>(workspaceId, { $and: [filter, { _id: { $gt: after } }] } as unknown as Within<T>))
      .select(projection(fields))
      .sort({ _id: 1 })
      .limit(limit)
      .maxTimeMS(maxTimeMs)
      .lean<Pick<T, K>[]>()
      .exec();
  }

  /** Runs an aggregation. @param filter its values are neither cast nor checked for operators: they must have their stored types. */
  async aggregate<R>(
    workspaceId: WorkspaceId,
    filter: Within<T>,
    stages: PipelineStage[],
    { maxTimeMs = 0 }: { maxTimeMs?: number } = {},
  ): Promise<R[]> {
    const pipeline = [{ $match: scoped<T>(workspaceId, filter) }, ...stages];
    return this.#model.aggregate<R>(pipeline).option({ maxTimeMS: maxTimeMs }).exec();
  }

  /** How many there are, up to `limit`. */
  async count(
    workspaceId: WorkspaceId,
    filter: Within<T>,
    { limit, maxTimeMs = 0 }: { limit: number; maxTimeMs?: number },
  ): Promise<number> {
    return this.#model.countDocuments(scoped<T>(workspaceId, filter)).limit(limit).maxTimeMS(maxTimeMs).exec();
  }

  /**
   * Counts the newest documents by one of their fields. At most `limit` documents are read, so that its time is bounded.
   * @param options `among`: the documents to read; `filter`: those of them to count, by default all.
   */
  async countNewestBy<K extends keyof T & string>(
    workspaceId: WorkspaceId,
    field: K,
    { among, filter, limit, maxTimeMs }: QueryBounds & { among: Within<T>; filter?: Within<T> },
  ): Promise<Map<T[K], number>> {
    const groups = await this.#model
      .aggregate<{ _id: T[K]; count: number }>([
        { $match: this.#cast(scoped<T>(workspaceId, among)) },
        { $sort: { _id: -1 } },
        { $limit: limit },
        ...(filter === undefined ? [] : [{ $match: this.#cast(scoped<T>(workspaceId, filter)) }]),
        { $group: { _id: `$${field}`, count: { $sum: 1 } } },
      ])
      .option({ maxTimeMS: maxTimeMs })
      .exec();
    return new Map(groups.map(({ _id, count }) => [_id, count]));
  }

  /** A filter as `find` would send it: mongoose does not check and cast those of aggregations. */
  #cast(filter: QueryFilter<T>): Record<string, unknown> {
    const query = this.#model.find(filter);
    query.cast(this.#model);
    return query.getFilter() as Record<string, unknown>;
  }

  /** Changes all matching documents. @param update may be a pipeline, which can compute values from each document. */
  async updateMany(
    workspaceId: WorkspaceId,
    filter: Within<T>,
    update: UpdateQuery<T> | PipelineStage[],
    tx?: Transaction,
  ): Promise<void> {
    const options = { updatePipeline: true, ...(tx && { session: tx }) };
    await this.#model.updateMany(scoped<T>(workspaceId, filter), update as UpdateQuery<T>, options);
  }

  /** Changes the document and returns its new state. */
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

  /**
   * Adds to documents, or creates missing ones, with one driver command: mongoose would create an object for each.
   * @param additions their ids must be made of ids of this workspace: the filter is the id alone, as MongoDB plans other
   * filters again each time.
   */
  async addMany(workspaceId: WorkspaceId, additions: readonly Addition<T>[], tx: Transaction): Promise<void> {
    const operations = additions.map(({ _id, add, fields }) => {
      const update = { $inc: add, $setOnInsert: inWorkspace(workspaceId, fields ?? {}) };
      return { updateOne: { filter: { _id }, update, upsert: true } };
    });
    await this.#write(operations, tx);
  }

  /**
   * Stores new documents, and the changes of known ones.
   * @throws Error for a document that was read in another workspace.
   */
  async saveMany(
    workspaceId: WorkspaceId,
    { inserts, changes }: { inserts: readonly Omit<T, 'workspaceId'>[]; changes: readonly DocumentChange<T>[] },
    tx?: Transaction,
  ): Promise<void> {
    const operations = [
      ...inserts.map((row) => ({ insertOne: { document: inWorkspace(workspaceId, row) } })),
      ...changes.flatMap((change) => toUpdates(workspaceId, change)),
    ];
    await this.#write(operations, tx);
  }

  async deleteMany(workspaceId: WorkspaceId, filter: Within<T>, tx?: Transaction): Promise<void> {
    await this.#model.deleteMany(scoped<T>(workspaceId, filter), tx && { session: tx }).exec();
  }

  async #write(operations: readonly object[], tx: Transaction | undefined): Promise<void> {
    if (operations.length === 0) return;
    const options = { ordered: false, ignoreUndefined: true, ...(tx && { session: tx }) };
    await this.#model.collection.bulkWrite(operations as never[], options);
  }

  /** @returns whether the document existed. */
  async deleteById(workspaceId: WorkspaceId, id: string, tx?: Transaction): Promise<boolean> {
    const filter = scoped<T>(workspaceId, { _id: id } as Within<T>);
    const { deletedCount } = await this.#model.deleteOne(filter, tx && { session: tx }).exec();
    return deletedCount === 1;
  }
}

interface RowCursor {
  next(): Promise<unknown>;
  close(): Promise<unknown>;
}

/** Mongoose's iterator leaves the cursor open when its loop is left early. */
async function* rowsOf<T>(open: () => RowCursor): AsyncGenerator<T> {
  const cursor = open();
  try {
    for (let row = await cursor.next(); row !== null; row = await cursor.next()) yield row as T;
  } finally {
    await cursor.close();
  }
}

/** Filters by the id alone, which is twice as fast for MongoDB. The workspace was checked when the document was read. */
function toUpdates<T extends TenantDocument>(workspaceId: WorkspaceId, { before, after }: DocumentChange<T>): object[] {
  const { _id, workspaceId: owner } = before as T;
  if (owner !== workspaceId) throw new Error(`${_id} was not read in ${workspaceId}`);
  const update = differences(before, inWorkspace(workspaceId, after));
  return Object.keys(update).length === 0 ? [] : [{ updateOne: { filter: { _id }, update } }];
}

function projection(fields: readonly string[] | undefined): Record<string, 1> {
  return fields === undefined ? {} : Object.fromEntries(fields.map((field) => [field, 1]));
}

function scoped<T>(workspaceId: WorkspaceId, filter: Within<T>): QueryFilter<T> {
  return inWorkspace(workspaceId, filter);
}

/**
 * Sets the workspace last, so that no field can replace it. It is also the first property, because
 * `{ ...fields, workspaceId }` would make a hidden class for each object (docs/traps.md, "Every object had a class of its own").
 */
function inWorkspace<T>(workspaceId: WorkspaceId, fields: object): T {
  const document: { workspaceId: WorkspaceId } = { workspaceId, ...fields };
  document.workspaceId = workspaceId;
  return document as T;
}
