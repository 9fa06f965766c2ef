import type { Connection } from 'mongoose';
import { isDuplicateKey, writeErrorsOf } from '../../platform/mongo/mongo-errors.js';
import { Click } from '../click.schema.js';

export interface StoredBatch {
  /** The clicks as they are stored now. */
  clicks: Click[];
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

  /** @returns those whose id or visitor key is taken. */
  private async insertNew(clicks: readonly Click[]): Promise<Click[]> {
    try {
      await this.collection().insertMany(clicks as never[], { ordered: false, ignoreUndefined: true });
      return [];
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return writeErrorsOf(error).flatMap(({ index }) => clicks[index] ?? []);
    }
  }

  /** As which clicks are to be counted that are stored already. The rules may have been others when they were. */
  private async countedFacts(ids: string[]): Promise<Map<string, CountedFacts>> {
    const found = await this.connection
      .model<Click>(Click.name)
      .find({ _id: { $in: ids } }, { isUnique: 1, botReason: 1, humanSince: 1 })
      .lean()
      .exec();
    return new Map(found.map((click) => [click._id, countedFactsOf(click)]));
  }

  /** The driver's own collection: mongoose would make and check an object for every click. */
  private collection() {
    return this.connection.model(Click.name).collection;
  }
}

type CountedFacts = Pick<Click, 'isUnique' | 'botReason'>;

/** What made a person's of a prefetch has moved the counters itself, from where the prefetch is counted. */
function countedFactsOf({
  isUnique,
  botReason,
  humanSince,
}: Pick<Click, 'isUnique' | 'botReason' | 'humanSince'>): CountedFacts {
  if (humanSince) return { isUnique: false, botReason: 'prefetch' };
  return { isUnique, botReason: botReason ?? undefined };
}

function uniqueKeys(clicks: readonly Click[]): string[] {
  return clicks.flatMap(({ isUnique, visitorKey }) => (isUnique ? [visitorKey] : []));
}
