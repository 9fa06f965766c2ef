import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ownCopy } from './own-copy.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 500);

it('S3 a copy is the same text, whatever it holds', () => {
  const any = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('a', '\xe9', '\0', '\ud800', '\udc80', '日') }),
  );
  fc.assert(
    fc.property(any, fc.nat(20), (text, from) => {
      expect(ownCopy(text)).toBe(text);
      expect(ownCopy(text.slice(from))).toBe(text.slice(from));
    }),
    { numRuns: RUNS },
  );
});
