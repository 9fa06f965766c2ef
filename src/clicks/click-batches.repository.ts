import type { Connection } from 'mongoose';
import { isDuplicateKey, writeErrorsOf } from '../platform/mongo/mongo-errors.js';
import { Click } from './click.schema.js';
import type { EnrichedClick } from './enrichment/enrich.js';

/** A click as it is stored. */
export type StoredClick = EnrichedClick & { isUnique: boolean };

/**
 * Stores clicks in large groups, over workspaces: each click carries the workspace of the link that was clicked. Storing one
 * twice is impossible, since its id is the document's.
 */
export class ClickBatchesRepository {
  constructor(private readonly connection: Connection) {}

  /**
   * Stores those that are not stored yet. `isUnique` is a wish: an index admits one unique click a visitor key, and where
   * another was first (another instance's, or this click itself before a crash) what is stored decides.
   * @returns the clicks as they are stored now.
   */
  async insert(clicks: readonly StoredClick[]): Promise<StoredClick[]> {
    const refused = await this.insertNew(clicks);
    if (refused.length === 0) return [...clicks];

    const known = await this.uniqueFlags(refused.map(({ _id }) => _id));
    const isRefused = new Set(refused);
    const taken = refused.filter(({ _id }) => !known.has(_id)).map((click) => ({ ...click, isUnique: false }));
    const replayed = refused.flatMap((click) => {
      const isUnique = known.get(click._id);
      return isUnique === undefined ? [] : [{ ...click, isUnique }];
    });
    const stored = taken.length > 0 ? await this.insert(taken) : [];
    return [...clicks.filter((click) => !isRefused.has(click)), ...replayed, ...stored];
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
