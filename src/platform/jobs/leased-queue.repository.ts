import { randomUUID } from 'node:crypto';
import type { Model, QueryFilter, UpdateQuery } from 'mongoose';
import { isDuplicateKey } from '../mongo/mongo-errors.js';
import { isFreeFor, type Lease, type LeasedDocument, leaseFor, released } from './lease.js';

interface ClaimOptions<T> {
  /** Which of several matching documents is taken first. */
  sort: Record<string, 1 | -1>;
  /** Fields that are set together with the lease. */
  set?: Partial<T>;
}

interface TakeOptions<T> {
  /** Fields that are set together with the lease. */
  set?: Partial<T>;
  /** Default: that of the queue. */
  leaseMs?: number;
}

/** Names of the fields of `T` that hold a time. */
type DateField<T> = { [K in keyof T]-?: Date extends T[K] ? K : never }[keyof T] & string;

/**
 * A collection as a queue of work. A process claims a document by a lease, works on it, and releases it. The lease of a
 * killed process expires, and another process continues. It crosses workspaces on purpose: any process does any work.
 */
export class LeasedQueue<T extends LeasedDocument> {
  readonly #model: Model<T>;
  readonly #leaseMs: number;
  /** The name of this process in the documents that it has claimed. */
  readonly holder = randomUUID();

  constructor(model: Model<T>, leaseMs: number) {
    this.#model = model;
    this.#leaseMs = leaseMs;
  }

  /** The values that extend a lease of this process, for a writer that stores more with them. */
  lease(): Lease {
    return leaseFor(this.holder, this.#leaseMs, Date.now());
  }

  /**
   * Takes the first document that matches and that no other process holds.
   * @returns `undefined` also when a unique index refuses the claim: another process has claimed what excludes this one.
   */
  async claim(filter: QueryFilter<T>, { sort, set }: ClaimOptions<T>): Promise<T | undefined> {
    const isFree = isFreeFor(this.holder, Date.now());
    try {
      return await this.#take({ $and: [filter, isFree] }, { ...this.lease(), ...set }, sort);
    } catch (error) {
      if (isDuplicateKey(error)) return undefined;
      throw error;
    }
  }

  /**
   * Takes the document that is due first, for collections without lease fields. Its due time is postponed by the length of
   * a lease, so the document of a killed process becomes due again.
   */
  async claimDue(field: DateField<T>, filter: QueryFilter<T> = {}): Promise<T | undefined> {
    const now = Date.now();
    const isDue = { [field]: { $lte: new Date(now), $ne: null } };
    return this.#take({ $and: [filter, isDue] }, { [field]: new Date(now + this.#leaseMs) }, { [field]: 1 });
  }

  /**
   * Takes the document with this id, or extends the lease of this process. A missing document is created.
   * @returns false while another process holds it.
   */
  async take(id: string, { set, leaseMs = this.#leaseMs }: TakeOptions<T> = {}): Promise<boolean> {
    const now = Date.now();
    const filter = { _id: id, ...isFreeFor(this.holder, now) } as QueryFilter<T>;
    const update = { $set: { ...leaseFor(this.holder, leaseMs, now), ...set } } as UpdateQuery<T>;
    try {
      await this.#model.updateOne(filter, update, { upsert: true }).exec();
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false; // the document exists, and another process holds it
      throw error;
    }
  }

  /**
   * Extends the lease, and stores the progress of the work.
   * @returns false when another process has taken the document over: nothing was stored.
   */
  async extend(id: string, update: UpdateQuery<T> = {}): Promise<boolean> {
    return this.#updateOwn(id, update, this.lease());
  }

  /**
   * Releases the document, and stores the progress of the work.
   * @returns false when another process has taken the document over: nothing was stored.
   */
  async release(id: string, update: UpdateQuery<T> = {}): Promise<boolean> {
    return this.#updateOwn(id, update, released(Date.now()));
  }

  async #updateOwn(id: string, { $set, ...rest }: UpdateQuery<T>, lease: object): Promise<boolean> {
    const update = { ...rest, $set: { ...lease, ...$set } } as UpdateQuery<T>;
    const filter = { _id: id, holder: this.holder } as QueryFilter<T>;
    return (await this.#model.updateOne(filter, update).exec()).matchedCount === 1;
  }

  async #take(filter: object, set: object, sort: Record<string, 1 | -1>): Promise<T | undefined> {
    const taken = await this.#model
      .findOneAndUpdate(filter as QueryFilter<T>, { $set: set } as UpdateQuery<T>, { sort, returnDocument: 'after' })
      .lean<T>()
      .exec();
    return taken ?? undefined;
  }
}
