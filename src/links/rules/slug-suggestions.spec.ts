import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_SLUG_LENGTH, slugProblem } from './slug.js';
import { slugSuggestions } from './slug-suggestions.js';

describe('slugSuggestions', () => {
  it.each([
    ['summer-push', ['summer-push-2', 'summer-push-3']],
    ['summer-push-2', ['summer-push-3', 'summer-push-4']],
    ['summer-9', ['summer-10', 'summer-11']],
    ['summer-2026', ['summer-2026-2', 'summer-2026-3']],
    ['go/*', ['go-2/*', 'go-3/*']],
    ['-2', ['-2-2', '-2-3']],
    ['лето', ['лето-2', 'лето-3']],
  ])('for %s begins with %j', (slug, expected) => {
    expect(slugSuggestions(slug).slice(0, 2)).toEqual(expected);
  });

  it('gives different, valid slugs for every valid slug', () => {
    const slugs = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: MAX_SLUG_LENGTH })
      .map((text) => text.normalize('NFC'))
      .filter((text) => slugProblem(text) === undefined);
    fc.assert(
      fc.property(slugs, (slug) => {
        const suggestions = slugSuggestions(slug);
        expect(new Set(suggestions).size).toBe(100);
        expect(suggestions).not.toContain(slug);
        for (const one of suggestions.slice(0, 5)) {
          expect(one.length).toBeLessThanOrEqual(MAX_SLUG_LENGTH);
          expect([slugProblem(one), one]).toEqual([undefined, one]);
        }
      }),
    );
  });

  it('shortens a slug that leaves no room for a number', () => {
    const [first = ''] = slugSuggestions('a'.repeat(MAX_SLUG_LENGTH));
    expect(first).toBe(`${'a'.repeat(MAX_SLUG_LENGTH - 2)}-2`);
    expect(slugProblem(first)).toBeUndefined();
  });
});
