import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactSlugKey, hasVariations, slugKey, withoutVariations } from './served-domain.js';

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 500);

describe('slugKey', () => {
  it.each([
    ['Summer', 'Summer', 'summer'],
    ['love❤\ufe0f', 'love❤', 'love❤'],
    ['1\ufe0f\u20e3', '1\u20e3', '1\u20e3'],
    ['É\ufe0e', 'É', 'é'],
    ['e\ufe0f\u0301', 'é', 'é'],
  ])('K10 finds %j under %j, or %j where case does not matter', (slug, exact, small) => {
    expect(slugKey({ caseSensitive: true }, slug)).toBe(exact);
    expect(slugKey({ caseSensitive: false }, slug)).toBe(small);
  });

  it('K10 is the same for slugs that differ in nothing but how a character is drawn', () => {
    const unit = fc.constantFrom(...'aÉ❤☀1', '\ufe0f', '\ufe0e', '\u20e3');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), fc.boolean(), (slug, caseSensitive) => {
        const bare = slug.replaceAll(/[\ufe0e\ufe0f]/g, '');
        expect(slugKey({ caseSensitive }, slug)).toBe(slugKey({ caseSensitive }, bare));
        expect(hasVariations(slug)).toBe(slug !== bare);
        expect(withoutVariations(exactSlugKey({ caseSensitive }, slug))).toBe(slugKey({ caseSensitive }, slug));
      }),
      { numRuns },
    );
  });
});
