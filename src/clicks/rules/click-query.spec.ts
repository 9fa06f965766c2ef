import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseClickQuery, parseQuery, subIds } from './click-query.js';

describe('parseClickQuery', () => {
  it('keeps order, repeats and empty values', () => {
    expect(parseClickQuery('sub1=a+b&x=%C3%A9&x=2&flag&empty=')).toEqual([
      ['sub1', 'a b'],
      ['x', 'é'],
      ['x', '2'],
      ['flag', ''],
      ['empty', ''],
    ]);
  });

  it('keeps broken percent-encoding as it stands', () => {
    expect(parseClickQuery('a=%zz&b=%')).toEqual([
      ['a', '%zz'],
      ['b', '%'],
    ]);
  });

  it.each([
    ['sub1=%CF%F0%E8%E2%E5%F2', '%CF%F0%E8%E2%E5%F2'],
    ['sub1=\xcf\xf0\xe8\xe2\xe5\xf2', '%CF%F0%E8%E2%E5%F2'],
    ['sub1=%CF%EE%EA%E0', '%CF%EE%EA%E0'],
    ['sub1=a+b%E9', 'a b%E9'],
    ['sub1=\xc3\xa9t\xc3\xa9', 'été'],
    ['sub1=100%+off', '100% off'],
  ])('K7 keeps what is not UTF-8 so that it is told apart: %j', (raw, value) => {
    expect(parseClickQuery(raw)).toEqual([['sub1', value]]);
  });

  it.each([
    'utm_source=a&amp;sub1=b',
    'utm_source=a&amp;amp;sub1=b',
    'utm_source=a&AMP;sub1=b',
    'utm_source=a&amp%3Bsub1=b',
    'utm_source=a&%23038%3Bsub1=b',
    'utm_source=a&#x26;sub1=b',
    'amp;utm_source=a&amp;sub1=b',
    'utm_source=a&amp;&amp;sub1=b&amp;',
  ])('K7 reads &amp; between parameters as &: %s', (raw) => {
    expect(parseClickQuery(raw)).toEqual([
      ['utm_source', 'a'],
      ['sub1', 'b'],
    ]);
  });

  it.each(['amp=1', 'ampere=1', 'a=amp;b'])('K7 leaves a name alone that only begins like that: %s', (raw) => {
    expect(parseQuery(raw)).toHaveLength(1);
    expect(parseClickQuery(raw)).toEqual([raw.split('=')]);
  });

  it('keeps at most 32 parameters and 2 KiB', () => {
    expect(parseClickQuery(Array.from({ length: 50 }, (_, i) => `p${i}=1`).join('&'))).toHaveLength(32);
    expect(parseClickQuery(`a=1&b=${'x'.repeat(3_000)}`)).toEqual([['a', '1']]);
  });

  it('gives back what was encoded, and never throws', () => {
    const pairs = fc.array(fc.tuple(fc.string({ minLength: 1, maxLength: 8 }), fc.string({ maxLength: 8 })), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(pairs, (given) => {
        const raw = given.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
        expect(parseClickQuery(raw)).toEqual(given);
      }),
    );
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (raw) => Array.isArray(parseClickQuery(raw))));
  });
});

describe('parseQuery', () => {
  it('K14 tells a bare name from an empty value, and drops empty pairs', () => {
    expect(parseQuery('&&debug&&a=&b=1&').map(({ sent }) => sent)).toEqual(['debug', 'a=', 'b=1']);
  });

  it('K7 passes on what was sent', () => {
    expect(parseQuery('a=%cf+x&\xcf=%41&amp;c="')).toEqual([
      { name: 'a', value: '\udccf x', sent: 'a=%cf+x' },
      { name: '\udccf', value: 'A', sent: '%CF=%41' },
      { name: 'c', value: '"', sent: 'c=%22' },
    ]);
  });
});

describe('subIds', () => {
  it('takes sub1 to sub10, first one wins, empty is absent', () => {
    expect(subIds(parseClickQuery('sub1=a&sub1=b&sub10=c&sub11=d&sub2='))).toEqual({ sub1: 'a', sub10: 'c' });
  });
});
