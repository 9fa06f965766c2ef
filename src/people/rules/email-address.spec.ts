import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountKeyOf, emailKey, isEmailAddress } from './email-address.js';

describe('emailKey', () => {
  it.each([
    ['Name@Brand.example', 'name@brand.example'],
    [' name@brand.example ', 'name@brand.example'],
    ['name@BÜCHER.example', 'name@xn--bcher-kva.example'],
    ['ｎame@brand.example', 'name@brand.example'],
    ['na.me+x@brand.example', 'na.me+x@brand.example'],
  ])('%s is %s', (text, key) => {
    expect(emailKey(text)).toBe(key);
  });

  it('is its own key, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string()), (text) => {
        expect(emailKey(emailKey(text))).toBe(emailKey(text));
      }),
    );
  });
});

describe('isEmailAddress', () => {
  it.each(['name@brand.example', ' name@brand.example '])('%s', (text) => expect(isEmailAddress(text)).toBe(true));
  it.each([
    '',
    'name',
    'a@b@c',
    'a@brand.example, b@brand.example',
    'Name <a@brand.example>',
    'a@brand.example\nbcc: b@x',
  ])('not %j', (text) => expect(isEmailAddress(text)).toBe(false));
});

describe('accountKeyOf', () => {
  it('is one for all writings of an address, and does not show it', () => {
    expect(accountKeyOf(' NAME@brand.example')).toBe(accountKeyOf('name@brand.example'));
    expect(accountKeyOf('name@brand.example')).not.toBe(accountKeyOf('na.me@brand.example'));
    expect(accountKeyOf('name@brand.example')).toMatch(/^[\w-]{22}$/);
  });
});
