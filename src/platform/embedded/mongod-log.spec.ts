import { describe, expect, it } from 'vitest';
import { MongodErrors } from './mongod-log.js';

const lastOf = (...entries: unknown[]): string | undefined => {
  const errors = new MongodErrors();
  for (const entry of entries) errors.read(typeof entry === 'string' ? entry : JSON.stringify(entry));
  return errors.last;
};

describe('the last error of a mongod log', () => {
  it.each([
    [
      'a text',
      { s: 'E', msg: 'DBException in initAndListen, terminating', attr: { error: 'DBPathInUse: Unable to lock "it"' } },
      'DBException in initAndListen, terminating: DBPathInUse: Unable to lock "it"',
    ],
    [
      'an object',
      { s: 'E', msg: 'Error setting up listener', attr: { error: { code: 9001, errmsg: 'Address already in use' } } },
      'Error setting up listener: Address already in use',
    ],
    [
      'a number with a message',
      { s: 'E', msg: 'WiredTiger error', attr: { error: 28, message: 'No space left on device' } },
      'WiredTiger error: No space left on device',
    ],
    ['nothing', { s: 'F', msg: '\n\n***aborting after fassert() failure\n\n' }, '***aborting after fassert() failure'],
  ])('names the cause that is given as %s', (_, entry, text) => {
    expect(lastOf({ s: 'I', msg: 'before' }, entry, { s: 'W', msg: 'after' })).toBe(text);
  });

  it('is the last one, but one without a cause does not replace one with a cause', () => {
    const full = { s: 'E', msg: 'WiredTiger error', attr: { error: 28, message: 'No space left on device' } };
    expect(lastOf({ s: 'F', msg: 'first' }, full, { s: 'F', msg: 'Fatal assertion', attr: { msgid: 50853 } })).toBe(
      'WiredTiger error: No space left on device',
    );
    expect(lastOf(full, { s: 'E', msg: 'other', attr: { error: 'reason' } })).toBe('other: reason');
  });

  it('is not there when there is no error, whatever the lines are', () => {
    expect(lastOf('', 'no JSON {"s":"E"}', 'null', '7', '{"s":"E"}', { s: 'I', msg: 'fine' })).toBeUndefined();
  });
});
