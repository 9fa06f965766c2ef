import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUrlTemplate } from './url-template.js';
import { type Utm, UTM_NAMES, utmProblems, withUtm } from './utm.js';

describe('withUtm', () => {
  it.each<[string, Utm, string]>([
    ['https://s.example/', { source: 'fb' }, 'https://s.example/?utm_source=fb'],
    [
      'https://s.example/?a=1#top',
      { source: 'fb', medium: 'cpc' },
      'https://s.example/?a=1&utm_source=fb&utm_medium=cpc#top',
    ],
    ['https://s.example/?UTM_source=x&a=1', { source: 'fb' }, 'https://s.example/?utm_source=fb&a=1'],
    ['https://s.example/?utm_source=x&a=1', { source: null }, 'https://s.example/?a=1'],
    ['https://s.example/?utm_source=x', { source: null }, 'https://s.example/'],
    ['https://s.example/?utm_source=x&utm_source=y', { source: 'z' }, 'https://s.example/?utm_source=z'],
    ['https://s.example/?utm_source=x', {}, 'https://s.example/?utm_source=x'],
    ['https://s.example/', { campaign: 'a b&c=d' }, 'https://s.example/?utm_campaign=a%20b%26c%3Dd'],
    [
      'https://s.example/',
      { term: 'x-{sub1}', content: '{campaign}' },
      'https://s.example/?utm_term=x-{sub1}&utm_content={campaign}',
    ],
    ['myapp:open', { source: 'fb' }, 'myapp:open?utm_source=fb'],
  ])('%s with %j: %s', (url, utm, expected) => {
    expect(withUtm(url, utm)).toBe(expected);
    expect(withUtm(expected, utm)).toBe(expected);
  });

  it('sets the given parameters and changes nothing else', () => {
    const value = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !/[{}]/.test(text));
    const utm = fc.record(Object.fromEntries(UTM_NAMES.map((name) => [name, value])), { requiredKeys: [] });
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), utm, (url, wish) => {
        const before = parseUrlTemplate(url);
        if (!before.ok || url.includes('$1')) return;
        const after = new URL(withUtm(before.url, wish));
        const was = new URL(before.url);
        expect([after.origin, after.pathname, after.hash]).toEqual([was.origin, was.pathname, was.hash]);
        for (const [name, text] of Object.entries(wish)) expect(after.searchParams.get(`utm_${name}`)).toBe(text);
      }),
    );
  });
});

describe('utmProblems', () => {
  it('names the values that could stand in no destination', () => {
    const bad = { source: '{nobody}', medium: '{}', campaign: 'half a pair: \ud83d' };
    expect(utmProblems({ ...bad, term: 'fine {sub1} { \u{1f600}', content: null })).toMatchObject([
      { path: 'utm.source', code: 'unknown_macro' },
      { path: 'utm.medium', code: 'unknown_macro' },
      { path: 'utm.campaign', code: 'bad_character' },
    ]);
    expect(utmProblems({ source: 'x'.repeat(2_100) })).toMatchObject([{ path: 'utm.source', code: 'too_long' }]);
    expect(utmProblems({})).toEqual([]);
  });

  it('finds none in any other text', () => {
    const value = fc.string({ unit: 'grapheme', maxLength: 100 }).filter((text) => !/[{}]/.test(text));
    fc.assert(fc.property(value, (source) => utmProblems({ source }).length === 0));
  });
});
