import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCookie, formatCookie, formatRemovedCookie, hostCookie, nameOfCookie } from './cookies.js';

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 500);
const plain = hostCookie('hopback', 'http://localhost:3000');
const secure = hostCookie('hopback', 'https://go.example.com');

describe('cookies', () => {
  it('have the prefix and Secure behind https only', () => {
    expect(nameOfCookie(secure)).toBe('__Host-hopback');
    expect(formatCookie(secure, 'a.b', 60)).toBe(
      '__Host-hopback=a.b; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure',
    );
    expect(formatCookie(plain, 'a.b')).toBe('hopback=a.b; Path=/; HttpOnly; SameSite=Lax');
    expect(formatRemovedCookie(plain)).toBe('hopback=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax');
  });

  it.each([
    ['hopback=1', '1'],
    ['a=b; hopback=1; c=d', '1'],
    ['a=b;hopback=x=y', 'x=y'],
    ['hopback=', ''],
  ])('are found in %s', (header, value) => expect(findCookie(header, plain)).toBe(value));

  it.each([
    '',
    'hopback',
    'Hopback=1',
    'hopback-device=1',
    'xhopback=1',
    '__Host-hopback=1',
    'a=hopback=1',
    '=hopback=1',
    'hopback=1; hopback=2',
    'hopback=1; hopback=1',
  ])('are not found in %j', (header) => expect(findCookie(header, plain)).toBeUndefined());

  it('without the prefix do not stand for one with it', () => {
    expect(findCookie('hopback=1', secure)).toBeUndefined();
    expect(findCookie('hopback=1; __Host-hopback=2', secure)).toBe('2');
  });

  it('cannot carry a second cookie or attribute', () => {
    for (const value of ['a;b', 'a b', 'a\r\nb', 'a,b', 'é', '"', 'a\\b']) {
      expect(() => formatCookie(plain, value)).toThrow(RangeError);
    }
  });

  it('that were formatted are found again beside any others', () => {
    const text = fc.stringMatching(/^[\w.~-]{1,20}$/);
    const others = fc.array(fc.tuple(text, text)).map((pairs) => pairs.filter(([name]) => name !== '__Host-hopback'));
    fc.assert(
      fc.property(text, others, fc.nat(), (value, pairs, at) => {
        const sent = formatCookie(secure, value).split(';')[0] ?? '';
        const header = pairs.map((pair) => pair.join('=')).toSpliced(at % (pairs.length + 1), 0, sent);
        expect(findCookie(header.join('; '), secure)).toBe(value);
      }),
      { numRuns },
    );
  });
});
