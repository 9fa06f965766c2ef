import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareHops, metaRefresh } from './compare-hops.js';

const ID = '000003VblR9IfImPhCUUHmfH8zBPWIZ';
const FIRST = `https://a.example/?click_id=${ID}&sub1=a%20b&empty=`;
const codes = (...urls: string[]) =>
  compareHops([FIRST, ...urls], ID).map(({ hop, code, param }) => `${hop} ${code} ${param ?? ''}`.trim());

describe('what arrives at each hop', () => {
  it.each([
    ['all of it', `https://b.example/?click_id=${ID}&sub1=a%20b`, []],
    ['under other names', `https://b.example/?tid=${ID}&s=a+b`, []],
    ['in the path', `https://b.example/${ID}/a%20b`, []],
    ['within another value', `https://b.example/?sub1=a+b&x=${encodeURIComponent(`https://c.example/?c=${ID}`)}`, []],
    ['no click id', 'https://b.example/?sub1=a+b', ['1 click_id_lost click_id']],
    ['another click id', 'https://b.example/?click_id=000003vblr9&sub1=a+b', ['1 click_id_changed click_id']],
    ['no sub id', `https://b.example/?click_id=${ID}`, ['1 param_lost sub1']],
    ['encoded twice', `https://b.example/?click_id=${ID}&sub1=a%2520b`, ['1 double_encoded sub1']],
    ['nothing', 'https://b.example/', ['1 click_id_lost click_id', '1 param_lost sub1']],
    ['plain HTTP', `http://b.example/?click_id=${ID}&sub1=a+b`, ['1 insecure']],
  ])('%s', (_, url, expected) => {
    expect(codes(url)).toEqual(expected);
  });

  it('is reported once, at the first hop that lacks it', () => {
    expect(codes('https://b.example/', 'https://c.example/', `https://d.example/?click_id=${ID}`)).toEqual([
      '1 click_id_lost click_id',
      '1 param_lost sub1',
    ]);
  });

  it('S12 is looked for among the first hundred parameters, the click id wherever it stands', () => {
    const many = Array.from({ length: 2_000 }, (_, i) => `p${i}=v${i}x`).join('&');
    const urls = [
      `https://a.example/?${many}&cid=${ID}`,
      ...Array(9).fill(`https://b.example/?${many.slice(0, 8_000)}`),
    ];
    const [first, ...others] = compareHops(urls as string[], ID);
    expect(first).toMatchObject({ code: 'click_id_lost', param: 'cid' });
    expect(others).toEqual([]);
    expect(compareHops([urls[0] ?? '', 'https://b.example/'], ID)).toHaveLength(100);
  });

  it('is fine, whatever the values are, as long as URLs are put together well', () => {
    const values = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string({ unit: 'grapheme', maxLength: 30 }));
    fc.assert(
      fc.property(values, (params) => {
        const query = new URLSearchParams({ ...params, cid: ID }).toString();
        expect(compareHops([`https://a.example/?${query}`, `https://b.example/x?y=1&${query}`], ID)).toEqual([]);
      }),
    );
  });
});

describe('a page that leads on by itself', () => {
  it.each([
    ['<meta http-equiv="refresh" content="0; url=https://b.example/?a=1&amp;b=2">', 'https://b.example/?a=1&b=2'],
    ["<META HTTP-EQUIV=refresh CONTENT='3;URL=/next'>", '/next'],
    ['<meta content="0;url=\'x\'" http-equiv="Refresh" />', 'x'],
    ['<meta http-equiv="refresh" content="30">', undefined],
    ['<meta name="refresh" content="0;url=x">', undefined],
    ['nothing', undefined],
  ])('%s', (html, url) => {
    expect(metaRefresh(html)).toBe(url);
  });

  it.each([
    ['tags without an end', '<meta http-equiv=refresh '],
    ['empty tags', '<meta >'],
    ['quotes', '<meta a="'],
    ['spaces', `<meta a${' '.repeat(2_900)}>`],
    ['signs', '<meta ='],
  ])('S12 is given up on, whatever is repeated: %s', (_, piece) => {
    const html = piece.repeat(Math.ceil(65_536 / piece.length));
    for (let times = 0; times < 100; times++) expect(metaRefresh(html)).toBeUndefined(); // an earlier pattern took 20 s
  });

  it('S12 is found behind other tags, and not beyond the first hundred', () => {
    const refresh = '<meta http-equiv="refresh" content="0; url=/next">';
    expect(metaRefresh('<meta charset="utf-8">'.repeat(99) + refresh)).toBe('/next');
    expect(metaRefresh('<meta charset="utf-8">'.repeat(100) + refresh)).toBeUndefined();
    expect(metaRefresh(`<meta name="description" content="${'x'.repeat(4_000)}">${refresh}`)).toBe('/next');
  });

  it('is read in no time, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('<meta ', 'http-equiv=', 'refresh', 'content="', '0;url=', "'", '>')),
        (parts) => {
          expect(['string', 'undefined']).toContain(typeof metaRefresh(parts.join('')));
        },
      ),
    );
  });
});
