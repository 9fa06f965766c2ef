import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repairForm } from './repair-form.js';
import { firstPairs, hasTooManyPairs, MAX_PARAMETERS } from './count-pairs.js';
import { readForm } from './form-text.js';
import { readParameters } from './parameters.js';

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 500);
const piece = fc.oneof(
  fc.constantFrom('', 'a=1', 'a', '%61', 'amp;', 'amp%3B', 'nbsp;', '#38;', 'amp;amp;', ';', 'amp;b=2', '¤cy=EUR', '='),
  fc.string({ maxLength: 6 }).map((text) => text.replaceAll('&', '')),
);

describe('S6 counting pairs', () => {
  it('refuses nothing that has no more than 100 once it is repaired', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 260 }), (pieces) => {
        const text = pieces.join('&');
        const { parameters } = readForm(repairForm(text).text);
        if (parameters.length <= MAX_PARAMETERS) expect(hasTooManyPairs(text)).toBe(false);
      }),
      { numRuns },
    );
  });

  it('keeps a beginning of the text, and all of it where there are no more', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 260 }), (pieces) => {
        const text = pieces.join('&');
        const { text: kept, isCut } = firstPairs(text);
        expect(text.startsWith(kept)).toBe(true);
        expect(isCut).toBe(kept !== text);
        expect(firstPairs(kept)).toEqual({ text: kept, isCut: false });
      }),
      { numRuns },
    );
  });

  it('repairs and decodes nothing when there are too many', () => {
    const text = '%61&'.repeat(16_000);
    const decode = URLSearchParams.prototype[Symbol.iterator];
    let decoded = 0;
    URLSearchParams.prototype[Symbol.iterator] = function* (this: URLSearchParams) {
      decoded++;
      yield* decode.call(this);
    } as typeof decode;
    try {
      expect(readParameters({ query: '', body: text, contentType: '' })).toMatchObject({ ok: false });
    } finally {
      URLSearchParams.prototype[Symbol.iterator] = decode;
    }
    expect(decoded).toBe(0);
  });
});
