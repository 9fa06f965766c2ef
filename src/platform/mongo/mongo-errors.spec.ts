import { mongo } from 'mongoose';
import { describe, expect, it } from 'vitest';
import { isConnectionLost, isDuplicateKey, isUnavailable } from './mongo-errors.js';

/** As the driver wraps what happens to a bulk write. */
const bulk = (cause: object): Error =>
  new mongo.MongoBulkWriteError(
    cause as ConstructorParameters<typeof mongo.MongoBulkWriteError>[0],
    {} as ConstructorParameters<typeof mongo.MongoBulkWriteError>[1],
  );

describe('errors of MongoDB', () => {
  it.each([
    ['a lost connection', new mongo.MongoNetworkError('closed'), true],
    ['a lost connection in a bulk write', bulk(new mongo.MongoNetworkError('closed')), true],
    ['a duplicate key in a bulk write', bulk({ message: 'E11000', code: 11_000, writeErrors: [] }), false],
    ['a refused document', new mongo.MongoServerError({ message: 'no', code: 121 }), false],
    ['a bug', new TypeError('x is not a function'), false],
    ['nothing', undefined, false],
  ])('%s: worth trying later: %s', (_, error, expected) => {
    expect(isUnavailable(error)).toBe(expected);
  });

  it.each([
    ['a lost connection', new mongo.MongoNetworkError('closed'), true],
    ['one in a bulk write', bulk(new mongo.MongoNetworkError('closed')), true],
    ['a server that is not there', new mongo.MongoServerSelectionError('no', {} as mongo.TopologyDescription), false],
    ['a refused document', new mongo.MongoServerError({ message: 'no', code: 121 }), false],
    ['nothing', undefined, false],
  ])('%s: another connection may do: %s', (_, error, expected) => {
    expect(isConnectionLost(error)).toBe(expected);
  });

  it('a bulk write that did not reach the server is no duplicate key', () => {
    expect(isDuplicateKey(bulk(new mongo.MongoNetworkError('closed')))).toBe(false);
  });
});
