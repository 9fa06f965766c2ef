import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toQuery } from '../log/postback-filter.js';
import { readBack } from '../log/read-back.js';
import { whyNotReplayable } from '../rules/replayable.js';
import { seenSentence } from './seen-sentence.js';
import { nearWords } from './suggestion.js';

const NOW = new Date('2026-11-22T12:00:00Z');
const HOUR = 3_600_000;

describe('a filter of the log', () => {
  const patternOf = (q: string): RegExp => {
    const { $and } = toQuery({ q }, NOW) as { $and: { $or: { query: { $regex: string; $options: string } }[] }[] };
    const { $regex, $options } = $and[0]?.$or[0]?.query ?? { $regex: '', $options: '' };
    return new RegExp($regex, $options);
  };

  it('asks for nothing where nothing is wanted', () => {
    expect(toQuery({ networkId: undefined, waiting: false }, NOW)).toEqual({});
  });

  it('finds text literally, whatever it is, as it stands and as it stands in a query', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 2, unit: 'grapheme' }), (text) => {
        expect(patternOf(text).test(`a=b${text}c`)).toBe(true);
        expect(patternOf(text).test(`a=${encodeURIComponent(text)}`)).toBe(true);
      }),
    );
    expect(patternOf('a.c').test('abc')).toBe(false);
    expect(patternOf('(a+)+$').test('aaaa')).toBe(false);
    expect(patternOf('TX-1').test('txid=tx-1')).toBe(true);
  });

  it('bounds a time by the ids as well, a minute wider', () => {
    const { $and } = toQuery({ from: '2026-11-22', to: '2026-11-23T00:00:00Z' }, NOW) as { $and: object[] };
    expect($and).toHaveLength(4);
    expect($and).toContainEqual({ receivedAt: { $gte: new Date('2026-11-22T00:00:00Z') } });
    expect($and).toContainEqual({ _id: { $gte: expect.stringMatching(/^pbk_[0-9A-Za-z]{7}$/) as string } });
  });

  it('takes any time there is', () => {
    expect(() => toQuery({ from: '0001-01-01', to: '9999-12-31' }, NOW)).not.toThrow();
  });
});

describe('parameters read back', () => {
  it('find their own values, repeats in their order, the body before the query', () => {
    const request = { query: 'A=1&a=2&c=%C3%A9', body: 'a=0', headers: [] };
    const names = ['a', 'A', 'a', 'c', 'gone'];
    const parameters = names.map((name) => ({ name, state: 'ignored' as const, as: null }));
    expect(readBack(request, parameters).map(({ value }) => value)).toEqual(['0', '1', '2', 'é', '']);
  });
});

describe('a suggestion', () => {
  it.each([
    ['dep2', ['dep']],
    ['Regg', ['reg']],
    ['firstdep', ['dep', 'first_dep']],
    ['bonus', []],
    ['', []],
  ])('names words like %j', (word, near) => {
    expect(nearWords(word, ['reg', 'dep', 'redep', 'first_dep', 'sale'])).toEqual(near);
  });
});

describe('how often something was seen', () => {
  it.each([
    [1, 0, ''],
    [2, 1, 'Seen 2 times today.'],
    [14, 24, 'Seen 14 times since yesterday.'],
    [14, 5 * 24, 'Seen 14 times since Tuesday.'],
    [1001, 7 * 24, 'Seen more than 1000 times since 2026-11-15.'],
  ])('%d, first %d hours ago: %s', (count, hours, sentence) => {
    expect(seenSentence({ count, max: 1000, first: new Date(NOW.getTime() - hours * HOUR) }, NOW)).toBe(sentence);
  });
});

describe('what cannot be run again', () => {
  it('is what was not allowed, and what was cut off', () => {
    const long = [{ name: 'content-length', value: '65537' }];
    expect(whyNotReplayable({ method: 'GET', reason: 'not_allowed', headers: [] })).toMatch(/not allowed/);
    expect(whyNotReplayable({ method: 'GET', reason: 'malformed_request', headers: long })).toMatch(/too long/);
    expect(whyNotReplayable({ method: 'GET', reason: 'malformed_request', headers: [] })).toBeUndefined();
    expect(whyNotReplayable({ method: 'GET', reason: null, headers: long })).toBeUndefined();
    expect(whyNotReplayable({ method: 'HEAD', reason: null, headers: [] })).toMatch(/HEAD/);
    expect(whyNotReplayable({ method: 'PUT', reason: 'method_not_allowed', headers: [] })).toBeUndefined();
    expect(whyNotReplayable({ method: 'POST', reason: 'malformed_request', headers: [], isIncomplete: true })).toMatch(
      /not have all/,
    );
  });
});
