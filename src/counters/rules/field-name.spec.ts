import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldName } from './field-name.js';

describe('a field’s name', () => {
  const anyText = fc.oneof(
    fc.string({ minLength: 1, maxLength: 300 }),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }),
    fc.string({ unit: fc.constantFrom('é', '夏', '🏖', 'a', '.', '\ud800'), minLength: 1, maxLength: 100 }),
    fc.stringMatching(/^[a-z0-9.-]{1,253}$/),
    fc.constantFrom('.', '$', '0', '~', '%', '%7E', '__proto__', '_id', 'a.b', '$inc', '-', ' ', '\0', '\ud83c', '007'),
  );

  it('is one that MongoDB takes for nothing but a name', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const name = fieldName(value);
        expect(name).toMatch(/^[^.$\0]+$/);
        expect(name).not.toMatch(/^[\d_]/); // an index of an array, or __proto__
        expect(name).not.toBe('~'); // in rows of earlier versions, all further values
      }),
      { numRuns: 2_000 },
    );
  });

  it('can be read back', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        expect(decodeURIComponent(fieldName(value))).toBe(value.replaceAll(/\p{Surrogate}/gu, '\uFFFD'));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is another for each short value', () => {
    const short = fc.string({ unit: 'grapheme-composite', minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.uniqueArray(short, { maxLength: 50 }), (values) => {
        expect(new Set(values.map(fieldName)).size).toBe(values.length);
      }),
    );
  });
});
