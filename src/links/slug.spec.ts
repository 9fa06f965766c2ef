import { describe, expect, it } from 'vitest';
import { randomSlug, slugOfPath, slugProblem } from './slug.js';

describe('randomSlug', () => {
  it('has seven characters without look-alikes, and is a valid slug', () => {
    for (let i = 0; i < 1_000; i++) {
      const slug = randomSlug();
      expect(slug).toMatch(/^[2-9A-HJ-NP-Za-km-z]{7}$/);
      expect(slugProblem(slug)).toBeUndefined();
    }
  });
});

describe('slugProblem', () => {
  it.each(['summer', 'Summer-2026', 'a/b/c', 'été', '夏', '🏖', 'a.b', 'x_~!$&'])('accepts %s', (slug) => {
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
    'api',
    'API/x',
    'postback/k',
    '_',
    '_/unlock',
    '_a',
    'x'.repeat(191),
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
  ])('%s → %s', (path, slug) => {
    expect(slugOfPath(path)).toBe(slug);
  });
});
