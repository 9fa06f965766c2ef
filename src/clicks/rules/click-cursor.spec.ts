import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readClickCursor, writeClickCursor } from './click-cursor.js';

/** The form that every cursor of the API has; see PageQuery. */
const FORM = /^[0-9A-Za-z_]{1,64}$/;

describe('the cursor of a list of clicks', () => {
  it('gives back the position that was written', () => {
    const positions = fc.record({
      at: fc.date({ min: new Date(0), noInvalidDate: true }),
      id: fc.stringMatching(/^[0-9A-Za-z]{1,50}$/),
    });
    fc.assert(
      fc.property(positions, (position) => {
        const cursor = writeClickCursor(position);
        expect(cursor).toMatch(FORM);
        expect(readClickCursor(cursor)).toEqual(position);
      }),
    );
  });

  it.each(['', 'abc', '_abc', 'lzz_', 'LZZ_abc', 'zzzzzzzzzzz_a', 'l-z_abc'])('is not %j', (text) => {
    expect(readClickCursor(text)).toBeUndefined();
  });
});
