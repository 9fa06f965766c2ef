import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase62, encodeBase62 } from './base62.js';

const sevenDigits = fc.integer({ min: 0, max: 62 ** 7 - 1 });

describe('base62', () => {
  it('gives back every number that fits', () => {
    fc.assert(fc.property(sevenDigits, (value) => decodeBase62(encodeBase62(value, 7)) === value));
  });

  it('sorts as text the way it sorts as numbers', () => {
    fc.assert(fc.property(sevenDigits, sevenDigits, (a, b) => a < b === encodeBase62(a, 7) < encodeBase62(b, 7)));
  });

  it('refuses what does not fit instead of cutting it', () => {
    expect(() => encodeBase62(62 ** 3, 3)).toThrow(RangeError);
    expect(() => encodeBase62(-1, 3)).toThrow(RangeError);
    expect(() => encodeBase62(1.5, 3)).toThrow(RangeError);
  });

  it('says undefined for text that is not base62', () => {
    expect(decodeBase62('ab-c')).toBeUndefined();
    expect(decodeBase62('zzzzzzzzzzzz')).toBeUndefined();
  });
});
