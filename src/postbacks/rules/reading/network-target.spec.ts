import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNetworkTarget, locateNetwork, strayKey } from './network-target.js';

const KEY = '4tXq0Lr8sVb2Nc6Dw9Zk1Yp3';
const RUNS = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 500) };

describe('K9 the address of a network', () => {
  it.each([
    [`/postback/${KEY}`, '', false],
    [`/postback/${KEY}?a=1`, 'a=1', false],
    [`/postback/${KEY}/?a=1`, 'a=1', false],
    [`//postback/${KEY}?a=1`, 'a=1', false],
    [`/postback//${KEY}?a=1`, 'a=1', false],
    [`/./postback/${KEY}?a=1`, 'a=1', false],
    [`/Postback/${KEY}?a=1`, 'a=1', false],
    [`/POSTBACK/${KEY}?a=1`, 'a=1', false],
    [`/postback\\${KEY}?a=1`, 'a=1', false],
    [`/postback%2F${KEY}?a=1`, 'a=1', false],
    [`/%2Fpostback/${KEY}?a=1`, 'a=1', false],
    [`/%20postback/${KEY}?a=1`, 'a=1', false],
    [`/postback%20/${KEY}?a=1`, 'a=1', false],
    [`/postback/%20${KEY}?a=1`, 'a=1', false],
    [`/postback/%34${KEY.slice(1)}?a=1`, 'a=1', false],
    [`/postback/${KEY}??a=1`, '?a=1', false],
    [`/postback/${KEY}&a=1&b=2`, 'a=1&b=2', true],
    [`/postback/${KEY}/&a=1`, 'a=1', true],
    [`/postback/${KEY}&amp;a=1`, 'amp;a=1', true],
    [`/postback/${KEY}%26a=1`, 'a=1', true],
    [`/postback/${KEY}%253Fa=1`, 'a=1', true],
    [`/postback/${KEY}&#63;a=1`, 'a=1', true],
    [`/postback/${KEY}%3Fa=1&b=2`, 'a=1&b=2', true],
    [`/postback/${KEY}%3fa%3D1%26b%3Dx%2520y`, 'a=1&b=x%20y', true],
    [`/postback/${KEY};a=1;b=2`, 'a=1;b=2', true],
    [`/postback/${KEY}/a=1&b=2`, 'a=1&b=2', true],
    [`/postback/${KEY}#?a=1`, 'a=1', true],
    [`/postback/${KEY}%20?a=1`, 'a=1', true],
    [`/postback/${KEY}.?a=1`, 'a=1', true],
    [`/postback/${KEY},?a=1`, 'a=1', true],
    [`/postback/${KEY}"?a=1`, 'a=1', true],
    [`/postback/${KEY}%22?a=1`, 'a=1', true],
    [`/postback/${KEY}%0A?a=1`, 'a=1', true],
    [`/postback/${KEY}%0D%0A?a=1`, 'a=1', true],
    [`/postback/${KEY}%E2%80%8B?a=1`, 'a=1', true],
    [`/postback/${KEY}%7D?a=1`, 'a=1', true],
    [`/postback/%7B${KEY}%7D?a=1`, 'a=1', true],
    [`/postback/${KEY};jsessionid=A1?a=1`, 'a=1', true],
    [`/postback/${KEY}/index.php?a=1`, 'a=1', true],
    [`/postback/${KEY}.gif?a=1`, 'a=1', false],
    [`/postback/${KEY}%20`, '', true],
  ])('%s → %s', (target, query, hasNotice) => {
    expect(locateNetwork(target)).toMatchObject({ kind: 'postback', key: KEY, query });
    expect(locateNetwork(target)?.notices.map(({ code }) => code)).toEqual(hasNotice ? ['mended_address'] : []);
    expect(isNetworkTarget(target)).toBe(true);
  });

  it.each([
    [`/pixel/${KEY}.gif?a=1`, 'a=1'],
    [`/pixel/${KEY}?a=1`, 'a=1'],
    [`/pixel/${KEY}.gif&a=1`, 'a=1'],
    [`//pixel/${KEY}.gif%3Fa=1`, 'a=1'],
    [`/Pixel/${KEY}.GIF?a=1`, 'a=1'],
    [`/pixel/${KEY}%20.gif?a=1`, 'a=1'],
  ])('%s is a pixel’s', (target, query) => {
    expect(locateNetwork(target)).toMatchObject({ kind: 'pixel', key: KEY, query });
  });

  it.each([
    '/',
    '',
    '/summer',
    '/postback',
    '/postback/',
    `/postback/${KEY}x`,
    `/postback/${KEY.slice(1)}`,
    `/postback${KEY}`,
    `/postbacks/${KEY}`,
    `/postback-${KEY}`,
    `/post/back/${KEY}`,
    `/go/postback/${KEY}`,
    `/pixel-art/${KEY}`,
    `/pixel-${KEY}`,
    `/postback?key=${KEY}`,
    `/postback/KEY?x=${KEY}`,
  ])('%s is none', (target) => {
    expect(locateNetwork(target)).toBeUndefined();
    expect(isNetworkTarget(target)).toBe(false);
  });

  it('finds a key that stands somewhere else in a network’s URL', () => {
    expect(strayKey(`/postback?key=${KEY}&a=1`)).toBe(KEY);
    expect(strayKey(`/postback/go/${KEY}?a=1`)).toBe(KEY);
    expect(strayKey(`/pixel/?${KEY}`)).toBe(KEY);
    expect(strayKey(`/summer?key=${KEY}`)).toBeUndefined();
    expect(strayKey(`/pixel-art?key=${KEY}`)).toBeUndefined();
    expect(strayKey(`/postback/${KEY}x`)).toBeUndefined();
  });

  it('takes any target without an error, in time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 80 }), (rest) => {
        for (const target of [rest, `/${rest}`, `/postback/${rest}`, `/postback/${KEY}${rest}`]) {
          const found = locateNetwork(target);
          expect(found === undefined).toBe(!isNetworkTarget(target));
        }
      }),
      RUNS,
    );
    for (const piece of ['/', '%20', '/./', '%2F', '{', '%3C']) {
      locateNetwork(`/postback/${piece.repeat(5_000)}`);
      locateNetwork(piece.repeat(5_000));
      locateNetwork(`/postback/${KEY}${piece.repeat(5_000)}`);
    }
  });
});
