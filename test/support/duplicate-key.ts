import { mongo } from 'mongoose';

/** What MongoDB says of a document whose key is there already. */
export function duplicateKeyError(): Error {
  return new mongo.MongoServerError({ code: 11_000 });
}
