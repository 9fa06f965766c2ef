import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountKeyOf, emailKey, isEmailAddress } from './email-address.js';

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 500);

describe('emailKey', () => {
  it.each([
    [' Mia@Example.COM\n', 'mia@example.com'],
    ['ＭＩＡ＠example.com', 'mia@example.com'],
    ['m.i.a+links@example.com', 'm.i.a+links@example.com'],
    ['MÜLLER@münchen.de', 'müller@münchen.de'],
  ])('of %j is %s', (text, key) => expect(emailKey(text)).toBe(key));

  it('is its own key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(emailKey(emailKey(text))).toBe(emailKey(text));
      }),
      { numRuns },
    );
  });
});

describe('isEmailAddress', () => {
  it.each([
    'mia@example.com',
    'mia.wagner+links@mail.example.co.uk',
    "o'hara@example.com",
    'müller@münchen.de',
    '用户@例子.广告',
    'a@xn--mnchen-3ya.de',
    `${'a'.repeat(64)}@example.com`,
  ])('takes %s', (text) => expect(isEmailAddress(text)).toBe(true));

  it.each([
    '',
    'mia',
    '@example.com',
    'mia@',
    'mia@localhost',
    'mia@@example.com',
    'a@b@example.com',
    'mia@example.com,eve@example.com',
    'mia@example.com;eve@example.com',
    'mia@example.com eve@example.com',
    'Mia <mia@example.com>',
    '<mia@example.com>',
    '"mia"@example.com',
    '"a@b"@example.com',
    'mia(comment)@example.com',
    'group:mia@example.com;',
    'mia@[192.0.2.1]',
    'mia@192.0.2.1',
    'mia@example.com\r\nBcc: eve@example.com',
    'mia\u0000@example.com',
    'mia\u202e@example.com',
    ' mia@example.com',
    'mia﹫evil.com@example.com',
    'mia＠evil.com',
    'mia，eve@example.com',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(20)}.com`,
  ])('refuses %j', (text) => expect(isEmailAddress(text)).toBe(false));
});

describe('accountKeyOf', () => {
  it('is one for all writings of an address, and does not show it', () => {
    expect(accountKeyOf(' MIA@example.com')).toBe(accountKeyOf('mia@example.com'));
    expect(accountKeyOf('mia@example.com')).not.toBe(accountKeyOf('mi.a@example.com'));
    expect(accountKeyOf('mia@example.com')).toMatch(/^[\w-]{22}$/);
  });
});
