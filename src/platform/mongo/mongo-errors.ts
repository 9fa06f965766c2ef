import mongoose, { mongo } from 'mongoose';

const DUPLICATE_KEY = 11_000;

/**
 * Whether the error only means that a unique key exists already. An empty `writeErrors` means that the network failed:
 * driver 7 wraps network errors of bulk writes like this.
 */
export function isDuplicateKey(error: unknown): boolean {
  if (error instanceof mongo.MongoBulkWriteError) {
    const writeErrors = writeErrorsOf(error);
    const isOnlyThat = writeErrors.length > 0 && writeErrors.every(({ code }) => code === DUPLICATE_KEY);
    return isOnlyThat && !error.result?.getWriteConcernError();
  }
  return error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY;
}

/** The refused documents of a bulk write, by their index. */
export function writeErrorsOf(error: unknown): { index: number; code: unknown }[] {
  return error instanceof mongo.MongoBulkWriteError ? [error.writeErrors].flat() : [];
}

/** The names of the fields whose unique index refused the write. */
export function duplicateFields(error: unknown): string[] {
  const pattern = error instanceof mongo.MongoServerError ? (error['keyPattern'] as object | undefined) : undefined;
  return Object.keys(pattern ?? {});
}

/** MongoDB did not answer in time. */
export class DatabaseTimeout extends Error {
  constructor() {
    super('MongoDB did not answer in time');
    this.name = 'DatabaseTimeout';
  }
}

/** Whether a connection broke. MongoDB may still be reachable by another one. */
export function isConnectionLost(error: unknown): boolean {
  // Driver 7 wraps network errors of bulk writes, as if the server had answered.
  if (error instanceof mongo.MongoBulkWriteError) return isConnectionLost(error.errorResponse);
  return error instanceof mongo.MongoNetworkError;
}

/** Whether MongoDB is unreachable or does not answer, so that trying again later makes sense. */
export function isUnavailable(error: unknown): boolean {
  return (
    error instanceof DatabaseTimeout ||
    isConnectionLost(error) ||
    error instanceof mongo.MongoServerSelectionError ||
    error instanceof mongo.MongoNotConnectedError ||
    error instanceof mongo.MongoTopologyClosedError ||
    (error instanceof mongo.MongoBulkWriteError && isUnavailable(error.errorResponse)) ||
    (error instanceof mongo.MongoError && error.hasErrorLabel('RetryableWriteError')) ||
    // Not exported by the driver as classes.
    (error instanceof Error && /^Mongo(oseServerSelection|WaitQueueTimeout)Error$/.test(error.name))
  );
}

const MAX_TIME_EXPIRED = 50;

/** Whether a query was aborted because it exceeded its time limit. */
export function isTooSlow(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.code === MAX_TIME_EXPIRED;
}

// DocumentValidationFailure, BSONObjectTooLarge, and a key that is too large for an index.
const REFUSAL_CODES: ReadonlySet<unknown> = new Set([121, 10_334, 17_280]);

/** Whether this document can never be stored. Other errors may be temporary, so the work must be kept. */
export function isRefused(error: unknown): boolean {
  return (
    error instanceof mongoose.Error.ValidationError ||
    error instanceof mongoose.Error.CastError ||
    error instanceof mongo.BSON.BSONError ||
    (error instanceof mongo.MongoInvalidArgumentError && /larger than the maximum size/.test(error.message)) ||
    (error instanceof mongo.MongoServerError && REFUSAL_CODES.has(error.code))
  );
}
