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
      if (!isAbsent(error)) throw error;
    }
  }
}

/** https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml */
const INDEX_NOT_FOUND = 27;

function isAbsent(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.code === INDEX_NOT_FOUND;
}
