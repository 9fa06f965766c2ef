import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEmailAddress } from './email-address.js';

describe('parseEmailAddress', () => {
  it.each([
    ['ann@brand.example', 'ann@brand.example'],
    ["o'neil+test@Brand.Example", "o'neil+test@brand.example"],
    ['root@localhost', 'root@localhost'],
    ['a@bücher.example', 'a@xn--bcher-kva.example'],
  ])('reads %s', (text, address) => {
    expect(parseEmailAddress(text)).toBe(address);
  });

  it.each([
    '',
    '@',
    'ann',
    'ann@',
    '@brand.example',
    ' ann@brand.example',
    'ann@brand.example ',
    'ann@brand.example,bob@brand.example',
    'ann@brand.example;bob@brand.example',
    'Ann <ann@brand.example>',
    '<ann@brand.example>',
    'friends: ann@brand.example;',
    'ann@brand.example\r\nBcc: bob@brand.example',
    'ann@brand.example\nBcc',
    'ann\u0000@brand.example',
    '"a b"@brand.example',
    'ann(comment)@brand.example',
    'ann@brand.example(comment)',
    'bob@evil.example@brand.example',
    'ann..b@brand.example',
    '.ann@brand.example',
    'ann@-brand.example',
    'ann@brand..example',
    'ann@[127.0.0.1]',
    'ann@127.0.0.1',
    'ann@brand.example%00',
    'änn@brand.example',
    `${'a'.repeat(65)}@brand.example`,
    `ann@${'a.'.repeat(130)}example`,
  ])('refuses %j', (text) => {
    expect(parseEmailAddress(text)).toBeUndefined();
  });

  it('gives one address of visible ASCII, and reads that as the same', () => {
    const part = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('a', 'b.example', ',', '\r\n'));
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.tuple(part, part).map(([local, host]) => `${local}@${host}`),
      fc.emailAddress(),
    );
    const property = fc.property(text, (input) => {
      const address = parseEmailAddress(input);
      if (address === undefined) return;
      expect(address).toMatch(/^[\x21-\x7e]+$/);
      expect(address).not.toMatch(/[\s,;:<>()"\\[\]]/);
      expect(address.split('@')).toHaveLength(2);
      expect(parseEmailAddress(address)).toBe(address);
    });
    fc.assert(property, { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 500) });
  });
});
