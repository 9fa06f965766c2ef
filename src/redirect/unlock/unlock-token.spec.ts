import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsUnlockToken, type LockedLink, unlockCookieName, unlockToken } from './unlock-token.js';

const KEY = randomBytes(32);
const LINK: LockedLink = { _id: 'lnk_1', passwordHash: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA' };
const NOW = Date.UTC(2026, 0, 1);
const EXPIRY = NOW + 60_000;
const token = unlockToken(KEY, LINK, EXPIRY);
const cookie = `${unlockCookieName(LINK)}=${token}`;

describe('an unlock cookie', () => {
  it.each([cookie, `a=b; ${cookie}`, `${cookie};a=b`, `${unlockCookieName(LINK)}=old; ${cookie}`])(
    'lets them pass: %s',
    (header) => {
      expect(holdsUnlockToken(KEY, LINK, header, NOW)).toBe(true);
      expect(cookie).toMatch(/^[\x21-\x7e]+$/);
    },
  );

  it('ends at its time', () => {
    expect(holdsUnlockToken(KEY, LINK, cookie, EXPIRY - 1)).toBe(true);
    expect(holdsUnlockToken(KEY, LINK, cookie, EXPIRY)).toBe(false);
  });

  it('is good for one link and one password', () => {
    const other = { ...LINK, _id: 'lnk_2' };
    expect(holdsUnlockToken(KEY, other, `${unlockCookieName(other)}=${token}`, NOW)).toBe(false);
    expect(holdsUnlockToken(KEY, { ...LINK, passwordHash: 'new' }, cookie, NOW)).toBe(false);
    expect(holdsUnlockToken(randomBytes(32), LINK, cookie, NOW)).toBe(false);
  });

  it.each(['', 'a=b', `x${cookie}`, `${unlockCookieName(LINK)}=`, `${cookie}; `.toUpperCase()])(
    'is not %j',
    (header) => {
      expect(holdsUnlockToken(KEY, LINK, header, NOW)).toBe(false);
    },
  );

  it('cannot be changed or forged', () => {
    const change = fc.tuple(fc.nat(token.length - 1), fc.constantFrom(...'0123456789abcxyzABZ-_.= ;,é'));
    fc.assert(
      fc.property(change, ([at, character]) => {
        const changed = token.slice(0, at) + character + token.slice(at + 1);
        // The last character of base64url has two unused bits.
        fc.pre(changed !== token && at < token.length - 1);
        expect(holdsUnlockToken(KEY, LINK, `${unlockCookieName(LINK)}=${changed}`, NOW)).toBe(false);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(holdsUnlockToken(KEY, LINK, `${unlockCookieName(LINK)}=${text}`, NOW)).toBe(false);
      }),
    );
  });
});
