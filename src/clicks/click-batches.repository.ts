import type { Connection } from 'mongoose';
import { isDuplicateKey, writeErrorsOf } from '../platform/mongo/mongo-errors.js';
import { Click } from './click.schema.js';
import type { EnrichedClick } from './enrichment/enrich.js';

/** A click as it is stored. */
export type StoredClick = EnrichedClick & { isUnique: boolean };

export interface StoredBatch {
  /** The clicks as they are stored now. */
  clicks: StoredClick[];
  /** Of which visitors it is certain that a unique click of theirs is stored, one of these or another. */
  visitorKeys: string[];
}

/**
 * Stores clicks in large groups, over workspaces: each click carries the workspace of the link that was clicked. Storing one
 * twice is impossible, since its id is the document's.
 */
export class ClickBatchesRepository {
  constructor(private readonly connection: Connection) {}

  /**
   * Stores those that are not stored yet. `isUnique` is a wish: an index admits one unique click a visitor key, and where
   * another was first (another instance's, or this click itself before a crash) what is stored decides.
   */
  async insert(clicks: readonly StoredClick[]): Promise<StoredBatch> {
    const refused = await this.insertNew(clicks);
    if (refused.length === 0) return { clicks: [...clicks], visitorKeys: uniqueKeys(clicks) };

    const known = await this.uniqueFlags(refused.map(({ _id }) => _id));
    const isRefused = new Set(refused);
    const taken = refused.filter(({ _id }) => !known.has(_id)).map((click) => ({ ...click, isUnique: false }));
    const replayed = refused.flatMap((click) => {
      const isUnique = known.get(click._id);
      return isUnique === undefined ? [] : [{ ...click, isUnique }];
    });
    const { clicks: others } = taken.length > 0 ? await this.insert(taken) : { clicks: [] };
    const stored = [...clicks.filter((click) => !isRefused.has(click)), ...replayed, ...others];
    return { clicks: stored, visitorKeys: [...uniqueKeys(stored), ...taken.map(({ visitorKey }) => visitorKey)] };
  }

  /** @returns those whose id or visitor key is taken. */
  private async insertNew(clicks: readonly StoredClick[]): Promise<StoredClick[]> {
    try {
      await this.collection().insertMany(clicks as never[], { ordered: false, ignoreUndefined: true });
      return [];
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return writeErrorsOf(error).flatMap(({ index }) => clicks[index] ?? []);
    }
  }

  private async uniqueFlags(ids: string[]): Promise<Map<string, boolean>> {
    const found = await this.connection
      .model<Click>(Click.name)
      .find({ _id: { $in: ids } }, { isUnique: 1 })
      .lean()
      .exec();
    return new Map(found.map(({ _id, isUnique }) => [_id, isUnique]));
  }

  /** The driver's own collection: mongoose would make and check an object for every click. */
  private collection() {
    return this.connection.model(Click.name).collection;
  }
}

function uniqueKeys(clicks: readonly StoredClick[]): string[] {
  return clicks.flatMap(({ isUnique, visitorKey }) => (isUnique ? [visitorKey] : []));
}
