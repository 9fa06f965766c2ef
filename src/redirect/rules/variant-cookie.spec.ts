import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readVariantCookie, variantCookie } from './variant-cookie.js';
import { languagesOf } from '../visit.js';
import { patternsOf } from './wildcards.js';

describe('the cookie of a visit', () => {
  it('brings the variant back, among others', () => {
    fc.assert(
      fc.property(
        fc.option(
          fc.string({ unit: 'grapheme' }).filter((key) => key !== '-'),
          { nil: undefined },
        ),
        fc.nat(),
        (variant, number) => {
          const [pair = ''] = variantCookie(number, variant).split(';');
          expect(pair).toMatch(/^[!-~]+$/);
          for (const header of [pair, `a=1; ${pair}`, `${pair}; b=2`, `hb_=x;${pair};c`]) {
            expect(readVariantCookie(header, number)).toEqual({ isReturning: true, variant });
          }
        },
      ),
    );
  });

  it.each(['', 'a=b', 'hb_11=A', 'xhb_1=A', 'hb_1'])('is not taken for that of link 1: %j', (header) => {
    expect(readVariantCookie(header, 1)).toEqual({ isReturning: false, variant: undefined });
  });

  it('that was forged does no harm', () => {
    expect(readVariantCookie('hb_1=%E0%A4%A', 1)).toEqual({ isReturning: true, variant: undefined });
  });
});

describe('languages', () => {
  it.each([
    ['de-CH, de;q=0.9, en;q=0.8', ['de-ch', 'de', 'en']],
    ['en;q=0.5, fr', ['fr', 'en']],
    ['*, xx;q=0, de ; q=0.1', ['de']],
    ['', []],
    [';;;,,,', []],
  ])('of %j', (header, languages) => {
    expect(languagesOf(header)).toEqual(languages);
  });
});

describe('wildcards', () => {
  it.each([
    ['go', []],
    ['go/', []],
    ['go/a', ['go/*']],
    ['a/b/c', ['a/b/*', 'a/*']],
    ['a/b/c/d/e/f', ['a/b/c/d/*', 'a/b/c/*', 'a/b/*', 'a/*']],
  ])('that %s may be of', (slug, patterns) => {
    expect(patternsOf(slug)).toEqual(patterns);
  });
});
