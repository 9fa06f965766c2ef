import type { Model, mongo, PipelineStage, QueryFilter, Require_id, UpdateQuery } from 'mongoose';
import { differences } from './differences.js';
import type { Page, PageRequest } from '../http/pagination.js';
import type { WorkspaceId } from '../tenancy/workspace-id.js';
import type { Transaction } from './transactions.js';

/** Every stored thing has an id of ours and belongs to one workspace. */
export interface TenantDocument {
  _id: string;
  workspaceId: WorkspaceId;
}

const STREAM_BATCH = 500;
/** All in one answer as a rule: MongoDB's own first batch is 101. */
const MAX_BATCH = 10_000;

/** A filter within a workspace. The workspace itself is not for the caller to filter by. */
export type Within<T> = Omit<QueryFilter<T>, 'workspaceId'> & { workspaceId?: never };

/** A document as this repository has read it, and as it is to be. */
export interface DocumentChange<T> {
  before: Omit<T, 'workspaceId'>;
  after: Omit<T, 'workspaceId'>;
}

/** What is added to the numbers of a document, and what it has besides if it is new. */
export interface Addition<T> {
  _id: string;
  add: Readonly<Record<string, number | mongo.Decimal128>>;
  fields?: Partial<Omit<T, '_id' | 'workspaceId'>>;
}

interface FindOptions<K> {
  sort?: Record<string, 1 | -1>;
  limit?: number;
  fields?: readonly K[];
}

/** A part of a collection, in the order of ids. */
export interface Scan<K> {
  after?: string | undefined;
  limit: number;
  fields?: readonly K[];
  maxTimeMs?: number;
}

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
    const document = inWorkspace<T>(workspaceId, fields);
    // Not insertMany: its error does not say which index refused the document.
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

  /** @param options `fields`: only these of them. */
  async findMany<K extends keyof T & string = keyof T & string>(
    workspaceId: WorkspaceId,
    filter: Within<T>,
    tx?: Transaction,
    { sort = {}, limit = 0, fields }: FindOptions<K> = {},
  ): Promise<Pick<T, K>[]> {
    return this.#model
      .find(scoped<T>(workspaceId, filter))
      .select(projection(fields))
      .sort(sort)
      .limit(limit)
      .batchSize(MAX_BATCH)
      .session(tx ?? null)
      .lean<Pick<T, K>[]>()
      .exec();
  }

  /**
   * Like `findMany`, by one plain command. Every postback's transaction begins with it, and mongoose's queries and the driver's
   * cursors cost some percent of the transaction (docs/adr/0023).
   * @param filter its values are neither cast nor cleaned of operators: they must be typed as they are stored.
   */
  async findAtOnce(workspaceId: WorkspaceId, filter: Within<T>, tx: Transaction): Promise<T[]> {
    const { collection, db } = this.#model;
    const command = { find: collection.name, filter: scoped<T>(workspaceId, filter), batchSize: MAX_BATCH };
    const answer = await db.getClient().db(db.name).command(command, { session: tx });
    const { id, firstBatch } = answer['cursor'] as { id: unknown; firstBatch: T[] };
    // More than the 16 MB of an answer; the cursor of the rest ends with the transaction.
    return Number(id) === 0 ? firstBatch : ((await this.findMany(workspaceId, filter, tx)) as T[]);
  }

  /**
   * Newest first; the cursor is the last id of the page before.
   * @param maxTimeMs when to give up; see `isTooSlow`.
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
   * All of them, read in batches as they are asked for, so that their number does not matter; newest first if not said otherwise.
   * Who stops early ends the reading. What is written meanwhile may be in it or not.
   * @param options `fields`: only these of them; `maxTimeMs`: when to give up, see `isTooSlow`.
   */
  stream<K extends keyof T & string = keyof T & string>(
    workspaceId: WorkspaceId,
    filter: Within<T>,
    { sort = { _id: -1 }, fields, maxTimeMs = 0 }: Omit<FindOptions<K>, 'limit'> & { maxTimeMs?: number } = {},
  ): AsyncGenerator<Pick<T, K>> {
    const query = this.#model
      .find(scoped<T>(workspaceId, filter))
      .select(projection(fields))
      .sort(sort)
      .maxTimeMS(maxTimeMs);
    return rowsOf<Pick<T, K>>(() => query.lean<T[]>().cursor({ batchSize: STREAM_BATCH }));
  }

  /** Oldest first, after the id `after`; only `fields` of them where such are named. */
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

  /** Sums and the like, worked out by MongoDB. @param filter made of our own words only: nothing here is cleaned of operators. */
  async aggregate<R>(workspaceId: WorkspaceId, filter: Within<T>, stages: PipelineStage[]): Promise<R[]> {
    return this.#model.aggregate<R>([{ $match: scoped<T>(workspaceId, filter) }, ...stages]).exec();
  }

  /** How many there are, up to `limit`. */
  async count(
    workspaceId: WorkspaceId,
    filter: Within<T>,
    { limit, maxTimeMs = 0 }: { limit: number; maxTimeMs?: number },
  ): Promise<number> {
    return this.#model.countDocuments(scoped<T>(workspaceId, filter)).limit(limit).maxTimeMS(maxTimeMs).exec();
  }

  /** Changes all of them. @param update may be a pipeline, which works values out of each document's own. */
  async updateMany(
    workspaceId: WorkspaceId,
    filter: Within<T>,
    update: UpdateQuery<T> | PipelineStage[],
    tx?: Transaction,
  ): Promise<void> {
    const options = { updatePipeline: true, ...(tx && { session: tx }) };
    await this.#model.updateMany(scoped<T>(workspaceId, filter), update as UpdateQuery<T>, options);
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

  /**
   * Adds to documents, or creates them where there are none, with one command, which the driver gets as it is: mongoose
   * would make objects of it all.
   * @param additions their ids are made of ids of this workspace: nothing but the id is looked for, as MongoDB plans anything else anew.
   */
  async addMany(workspaceId: WorkspaceId, additions: readonly Addition<T>[], tx: Transaction): Promise<void> {
    const operations = additions.map(({ _id, add, fields }) => {
      const update = { $inc: add, $setOnInsert: inWorkspace(workspaceId, fields ?? {}) };
      return { updateOne: { filter: { _id }, update, upsert: true } };
    });
    await this.#write(operations, tx);
  }

  /**
   * Stores new documents, and what has changed of known ones.
   * @throws Error for one that was read in another workspace.
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

  /** Whether there was one to delete. */
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

/** Mongoose's own iterator leaves the cursor open when the loop over it is left. */
async function* rowsOf<T>(open: () => RowCursor): AsyncGenerator<T> {
  const cursor = open();
  try {
    for (let row = await cursor.next(); row !== null; row = await cursor.next()) yield row as T;
  } finally {
    await cursor.close();
  }
}

/** By its id alone, which costs MongoDB half of what an id and a workspace do: whose it is was seen when it was read. */
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
 * The workspace is set last, so that nothing can replace it; and stands first, as `{ ...fields, workspaceId }` would make a hidden
 * class for each object (docs/traps.md, "Every object had a class of its own").
 */
function inWorkspace<T>(workspaceId: WorkspaceId, fields: object): T {
  const document: { workspaceId: WorkspaceId } = { workspaceId, ...fields };
  document.workspaceId = workspaceId;
  return document as T;
}
