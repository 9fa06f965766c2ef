import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomSlug, slugLength, slugOfPath, slugProblem } from './slug.js';

describe('randomSlug', () => {
  it('has seven characters without look-alikes, and is a valid slug', () => {
    for (let i = 0; i < 1_000; i++) {
      const slug = randomSlug(1_000);
      expect(slug).toMatch(/^[2-9A-HJ-NP-Za-km-z]{7}$/);
      expect(slugProblem(slug)).toBeUndefined();
    }
  });

  it('grows with the number of links, before one in a million is taken', () => {
    expect([0, 1, 1_900_000, 2_000_000, 110_000_000, 112_000_000].map((links) => slugLength(links))).toEqual([
      7, 7, 7, 8, 8, 9,
    ]);
    expect(randomSlug(2_000_000)).toHaveLength(8);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e12 }), (links) => {
        expect(57 ** slugLength(links)).toBeGreaterThanOrEqual(links * 1e6);
        expect(slugLength(links, false)).toBeGreaterThanOrEqual(slugLength(links));
      }),
    );
  });
});

describe('slugProblem', () => {
  it.each([
    'summer',
    'Summer-2026',
    'a/b/c',
    'été',
    '夏',
    '🏖',
    'a.b',
    'x_~!$&',
    'go/*',
    'a/_b',
    'a+b',
    'apple',
    '👩‍🚀',
    'می‌خواهم',
  ])('accepts %s', (slug) => {
    expect(slugProblem(slug)).toBeUndefined();
  });
  it.each([
    '',
    '/a',
    'a/',
    'a//b',
    '..',
    'a/../b',
    'a b',
    'a?b',
    'a#b',
    'a%20b',
    'a\nb',
    'a\u200bb',
    'a\u202eb',
    'a\u00adb',
    '\u2066a',
    'api',
    'API/x',
    'postback/k',
    'Login',
    'qr/a',
    '_next/x',
    'a+',
    'a*',
    '*',
    'a/*/b',
    '_',
    '_/unlock',
    '_a',
    'x'.repeat(191),
    '\ufe0f',
    'a/\ufe0f',
    '\ufe0fapi',
    'lo\ufe0fgin',
  ])('refuses %j', (slug) => {
    expect(slugProblem(slug)).toBeTypeOf('string');
  });
});

describe('slugOfPath', () => {
  it.each([
    ['/summer', 'summer'],
    ['/summer/', 'summer'],
    ['/a/b', 'a/b'],
    ['/%C3%A9t%C3%A9', 'été'],
    ['/e%CC%81', 'é'],
    ['/%zz', '%zz'],
    ['/', undefined],
    ['/api/v1/links', undefined],
    ['/%61pi/v1/links', undefined],
    ['/robots.txt', undefined],
    ['/_/unlock', undefined],
    ['/%5F/unlock', undefined],
    ['/a_b/_c', 'a_b/_c'],
    ['/\xc3\xa9t\xc3\xa9', 'été'],
    ['/a%zz%C3%A9', 'a%zzé'],
    ['/%C3', '\udcc3'],
    ['//postback/KEY', undefined],
    ['//api', undefined],
    ['//summer', '/summer'],
  ])('%s → %s', (path, slug) => {
    expect(slugOfPath(path)).toBe(slug);
  });
});
