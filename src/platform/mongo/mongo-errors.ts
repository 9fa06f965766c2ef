import { mongo } from 'mongoose';

const DUPLICATE_KEY = 11_000;

/**
 * Whether the error says "this unique key exists already", and nothing but that. An empty `writeErrors` means the network
 * failed, not that all is well (driver 7 wraps network errors of bulk writes so).
 */
export function isDuplicateKey(error: unknown): boolean {
  if (error instanceof mongo.MongoBulkWriteError) {
    const writeErrors = [error.writeErrors].flat();
    return writeErrors.length > 0 && writeErrors.every(({ code }) => code === DUPLICATE_KEY);
  }
  return error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY;
}

/** The names of the fields whose unique index refused the write. */
export function duplicateFields(error: unknown): string[] {
  const pattern = error instanceof mongo.MongoServerError ? (error['keyPattern'] as object | undefined) : undefined;
  return Object.keys(pattern ?? {});
}

/** Whether MongoDB can not be reached or does not answer now, so that trying again later makes sense. */
export function isUnavailable(error: unknown): boolean {
  return (
    error instanceof mongo.MongoNetworkError ||
    error instanceof mongo.MongoServerSelectionError ||
    error instanceof mongo.MongoNotConnectedError ||
    error instanceof mongo.MongoTopologyClosedError ||
    (error instanceof mongo.MongoError && error.hasErrorLabel('RetryableWriteError')) ||
    // Not exported by the driver as classes.
    (error instanceof Error && /^Mongo(oseServerSelection|WaitQueueTimeout)Error$/.test(error.name))
  );
}
