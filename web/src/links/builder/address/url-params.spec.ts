import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { macroParts, readParam, subParams, withUrlParam } from './url-params';

describe('parameters of a destination', () => {
  it('are replaced in their place, appended, and removed', () => {
    const url = 'https://shop.example/lp?a=1&utm_source=old&b=2#top';
    expect(withUrlParam(url, 'utm_source', 'a b')).toBe('https://shop.example/lp?a=1&utm_source=a%20b&b=2#top');
    expect(withUrlParam(url, 'utm_medium', '{sub1}')).toBe(
      'https://shop.example/lp?a=1&utm_source=old&b=2&utm_medium={sub1}#top',
    );
    expect(withUrlParam('https://shop.example/?utm_source=x', 'utm_source', null)).toBe('https://shop.example/');
    expect(readParam(url, 'utm_source')).toBe('old');
    expect(readParam(url, 'utm_medium')).toBeUndefined();
  });

  it('are read as they were written, and leave all others alone', () => {
    const name = fc.constantFrom('utm_source', 'utm_term');
    const text = fc.string({ unit: fc.constantFrom(...'ab =&?#+%/é€😀') });
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), name, text, (url, param, value) => {
        fc.pre(readParam(url, param) === undefined);
        const changed = withUrlParam(url, param, value);
        expect(readParam(changed, param)).toBe(value);
        expect(withUrlParam(withUrlParam(changed, param, null), param, value)).toBe(changed);
      }),
      { numRuns: 40 },
    );
  });

  it('that carry sub ids are found', () => {
    expect(subParams('https://shop.example/?src={sub1}&x=1&cr={sub10}&y=a{sub2}')).toEqual([
      { param: 'src', sub: 'sub1' },
      { param: 'cr', sub: 'sub10' },
    ]);
  });
});

it('colours macros, and its parts are the whole text', () => {
  const url = 'https://shop.example/{country}?stag={click_id}&src={sub1}&q={query:utm_term}&x={';
  const parts = macroParts(url);
  expect(parts.map(({ text }) => text).join('')).toBe(url);
  expect(parts.filter(({ kind }) => kind !== undefined)).toEqual([
    { text: '{country}', kind: 'macro' },
    { text: '{click_id}', kind: 'clickId' },
    { text: '{sub1}', kind: 'sub' },
    { text: '{query:utm_term}', kind: 'macro' },
  ]);
});
