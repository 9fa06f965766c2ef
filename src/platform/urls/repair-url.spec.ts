import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repairUrlEntities } from './broken-entities.js';
import { hasOddSlashes, hasTwoSchemes, repairUrl } from './repair-url.js';
import { parseUrl } from './parse-url.js';

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 500);

describe('K11 a URL with a slip at its beginning', () => {
  it.each([
    ['shop.example/page', 'https://shop.example/page'],
    ['www.shop.example', 'https://www.shop.example'],
    ['shop.example:8080/x', 'https://shop.example:8080/x'],
    ['//shop.example/x', 'https://shop.example/x'],
    ['http:/shop.example/x', 'http://shop.example/x'],
    ['https:/shop.example/x', 'https://shop.example/x'],
    ['https:shop.example', 'https://shop.example'],
    ['https:///shop.example', 'https://shop.example'],
    ['https//shop.example/x', 'https://shop.example/x'],
    ['https//:shop.example/x', 'https://shop.example/x'],
    ['https;//shop.example/x', 'https://shop.example/x'],
    ['htps://shop.example/x', 'https://shop.example/x'],
    ['htp://shop.example/x', 'http://shop.example/x'],
    ['hhtps://shop.example/x', 'https://shop.example/x'],
    ['htttps://shop.example/x', 'https://shop.example/x'],
    ['httpss://shop.example/x', 'https://shop.example/x'],
    ['ttps://shop.example/x', 'https://shop.example/x'],
    ['https://https://shop.example/x', 'https://shop.example/x'],
    ['http://https://shop.example/x', 'https://shop.example/x'],
    ['https://http//shop.example/x', 'http://shop.example/x'],
    ['"https://shop.example/x"', 'https://shop.example/x'],
    ['<https://shop.example/x>', 'https://shop.example/x'],
    [' https://shop.example/x\n', 'https://shop.example/x'],
    ['https://shop.example/a b', 'https://shop.example/a%20b'],
    ['shop.example/{sub1}?a={click_id}', 'https://shop.example/{sub1}?a={click_id}'],
    ['müller.example/x', 'https://müller.example/x'],
  ])('%j was probably %s', (text, repaired) => {
    expect(repairUrl(text)).toBe(repaired);
  });

  it.each([
    '',
    'nonsense',
    'https://',
    'ftp://shop.example/',
    'mailto:a@shop.example',
    '/path',
    'htps://user@shop.example/',
  ])('nothing is guessed of %j', (text) => {
    expect(repairUrl(text)).toBeUndefined();
  });

  it('what has no slip is left alone, and no text throws', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        expect([hasOddSlashes(url), hasTwoSchemes(url)]).toEqual([false, false]);
      }),
      { numRuns },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('', 'https', 'http:/', 'htps://'), (text, begin) => {
        const repaired = repairUrl(begin + text);
        if (repaired !== undefined) expect(parseUrl(repaired)?.protocol).toMatch(/^https?:$/);
      }),
      { numRuns },
    );
  });
});

describe('K11 ampersands that a web page has changed', () => {
  it.each([
    ['https://shop.example/?a=1&amp;b=2', 'https://shop.example/?a=1&b=2'],
    ['https://shop.example/?a=1&amp;amp;b=2&amp;c=3', 'https://shop.example/?a=1&b=2&c=3'],
    ['https://shop.example/?a=1&#38;b=2', 'https://shop.example/?a=1&b=2'],
    ['https://shop.example/?a=1&#038;b=2', 'https://shop.example/?a=1&b=2'],
    ['https://shop.example/?a=1&#x26;b=2', 'https://shop.example/?a=1&b=2'],
    ['https://shop.example/?a=1&amp%3Bb=2', 'https://shop.example/?a=1&b=2'],
    ['https://shop.example/?a=1¤cy=EUR', 'https://shop.example/?a=1&currency=EUR'],
    ['https://shop.example/?a=1%C2%A4cy=EUR', 'https://shop.example/?a=1&currency=EUR'],
    ['https://shop.example/?a=1%c2%a4cy=EUR', 'https://shop.example/?a=1&currency=EUR'],
    ['https://shop.example/?a=1®=DE', 'https://shop.example/?a=1&reg=DE'],
    ['https://shop.example/?a=1&®ion=DE', 'https://shop.example/?a=1&region=DE'],
    ['https://shop.example/?a=1×tamp=5', 'https://shop.example/?a=1&timestamp=5'],
    ['https://shop.example/?a=1¶m=5', 'https://shop.example/?a=1&param=5'],
    ['https://shop.example/?a=1§ion=5©=1', 'https://shop.example/?a=1&section=5&copy=1'],
    ['https://shop.example/?a=1⊂1={sub1}', 'https://shop.example/?a=1&sub1={sub1}'],
    ['https://shop.example/?a=1⟨=de', 'https://shop.example/?a=1&lang=de'],
  ])('%s was %s', (url, repaired) => {
    expect(repairUrlEntities(url)).toBe(repaired);
    expect(repairUrlEntities(repaired)).toBe(repaired);
  });

  it.each([
    'https://shop.example/?a=1&currency=EUR',
    'https://shop.example/?q=Brand®',
    'https://shop.example/?q=Brand%C2%AE&x=1',
    'https://shop.example/caf%C3%A9?q=gr%C3%B6%C3%9Fe=1',
    'https://shop.example/®=1',
    'https://shop.example/?amp=1&amplitude=2',
    'https://shop.example/#&nbsp',
  ])('nothing is changed of %s', (url) => {
    expect(repairUrlEntities(url)).toBe(url);
  });
});
