import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differences } from './differences.js';

const values = fc.oneof(
  fc.integer(),
  fc.string(),
  fc.boolean(),
  fc.constant(null),
  fc.date({ noInvalidDate: true }),
  fc.array(fc.integer()),
  fc.record({ a: fc.integer() }),
);
const documents = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.option(values, { nil: undefined }));

/** What MongoDB makes of a document, with `ignoreUndefined`. */
function applied(before: object, { $set = {}, $unset = {} }: ReturnType<typeof differences>): object {
  const kept = Object.entries({ ...before, ...$set }).filter(([field]) => !(field in $unset));
  return Object.fromEntries(kept.filter(([, value]) => value !== undefined));
}

describe('the differences of two documents', () => {
  it('make the one of the other, and name no field that stays', () => {
    fc.assert(
      fc.property(documents, documents, (before, other) => {
        // Some fields stay the very same ones, as in a copy.
        const after = { ...other, a: before['a'] };
        const update = differences(before, after);
        expect(applied(before, update)).toEqual(applied(after, {}));
        expect(Object.keys(update.$set ?? {})).not.toContain('a');
      }),
    );
  });

  it('are none of a copy, whose times may be other objects', () => {
    const at = new Date();
    expect(differences({ a: 1, at, list: [] }, { a: 1, at: new Date(at), list: [1] })).toEqual({ $set: { list: [1] } });
    const document = { a: 1, at, list: [], nothing: null };
    expect(differences(document, { ...document, at: new Date(at) })).toEqual({});
  });
});
