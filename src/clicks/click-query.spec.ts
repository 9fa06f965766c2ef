import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseClickQuery, subIds } from './click-query.js';

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

describe('subIds', () => {
  it('takes sub1 to sub10, first one wins, empty is absent', () => {
    expect(subIds(parseClickQuery('sub1=a&sub1=b&sub10=c&sub11=d&sub2='))).toEqual({ sub1: 'a', sub10: 'c' });
  });
});
