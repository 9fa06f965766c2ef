import type { Connection } from 'mongoose';
import { isDuplicateKey, writeErrorsOf } from '../../platform/mongo/mongo-errors.js';
import { Click } from '../click.schema.js';
import { countedFactsOf } from '../rules/converted-prefetch.js';

export interface StoredBatch {
  /** The clicks as they are stored. */
  clicks: Click[];
  /** Visitor keys that certainly have a stored unique click, from this batch or an earlier one. */
  visitorKeys: string[];
}

/**
 * Stores clicks of all workspaces in large groups. Each click carries the workspace of its link. The click id is the document's
 * id, so a click cannot be stored twice.
 */
export class ClickBatchesRepository {
  constructor(private readonly connection: Connection) {}

  /**
   * Stores the clicks that are not stored yet. `isUnique` is a proposal: an index admits one unique click per visitor key. If
   * another instance was first, or this click was stored before a crash, the stored value counts.
   */
  async insert(clicks: readonly Click[]): Promise<StoredBatch> {
    const refused = await this.insertNew(clicks);
    if (refused.length === 0) return { clicks: [...clicks], visitorKeys: uniqueKeys(clicks) };

    const known = await this.countedFacts(refused.map(({ _id }) => _id));
    const isRefused = new Set(refused);
    const taken = refused.filter(({ _id }) => !known.has(_id)).map((click) => ({ ...click, isUnique: false }));
    const replayed = refused.flatMap((click) => {
      const facts = known.get(click._id);
      return facts === undefined ? [] : [{ ...click, ...facts }];
    });
    const { clicks: others } = taken.length > 0 ? await this.insert(taken) : { clicks: [] };
    const stored = [...clicks.filter((click) => !isRefused.has(click)), ...replayed, ...others];
    return { clicks: stored, visitorKeys: [...uniqueKeys(stored), ...taken.map(({ visitorKey }) => visitorKey)] };
  }

  /** @returns the clicks whose id or visitor key is taken. */
  private async insertNew(clicks: readonly Click[]): Promise<Click[]> {
    try {
      await this.collection().insertMany(clicks as never[], { ordered: false, ignoreUndefined: true });
      return [];
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return writeErrorsOf(error).flatMap(({ index }) => clicks[index] ?? []);
    }
  }

  /** The facts by which clicks that are already stored are counted. The visitor rules may have changed since. */
  private async countedFacts(ids: string[]): Promise<Map<string, ReturnType<typeof countedFactsOf>>> {
    const found = await this.connection
      .model<Click>(Click.name)
      .find({ _id: { $in: ids } }, { isUnique: 1, botReason: 1, humanSince: 1 })
      .lean()
      .exec();
    return new Map(found.map((click) => [click._id, countedFactsOf(click)]));
  }

  /** The driver's collection: mongoose would create and validate an object for every click. */
  private collection() {
    return this.connection.model(Click.name).collection;
  }
}

function uniqueKeys(clicks: readonly Click[]): string[] {
  return clicks.flatMap(({ isUnique, visitorKey }) => (isUnique ? [visitorKey] : []));
}
