import { mongo, type Connection, type Schema } from 'mongoose';

const replaced = new WeakMap<object, readonly string[]>();

/**
 * Names the indexes that a collection had in earlier versions. They are dropped at the start, once all others are there: each
 * would go on to cost every write, and a unique one would refuse what is allowed today.
 */
export function replacedIndexes(schema: Schema, ...names: readonly string[]): void {
  replaced.set(schema, names);
}

/** @throws MongoServerError when an index that is there cannot be dropped. */
export async function dropReplacedIndexes({ schema, collection }: Connection['models'][string]): Promise<void> {
  for (const name of replaced.get(schema) ?? []) {
    try {
      await collection.dropIndex(name);
    } catch (error) {
      if (!isNothingToDropNow(error)) throw error;
    }
  }
}

/**
 * IndexNotFound, as usual. BackgroundOperationInProgressForNamespace, from MongoDB before 5.2: another process builds an index of
 * the collection, and the next start drops this one. https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml
 */
const NOTHING_TO_DROP_NOW: ReadonlySet<unknown> = new Set([27, 12_587]);

function isNothingToDropNow(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && NOTHING_TO_DROP_NOW.has(error.code);
}
