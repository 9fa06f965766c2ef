import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Passkey } from '../../users/user.schema.js';
import { canSignInWithout } from './ways-to-sign-in.js';

const passkey = (_id: string): Passkey => ({
  _id,
  publicKey: 'a',
  counter: 0,
  transports: [],
  isBackedUp: false,
  name: 'Key',
  createdAt: new Date(0),
});
const issuer = 'https://id.example';
const ONLY = { passkeys: [passkey('one')] };
const ALL = { hasPasswordLogin: true, oidcIssuer: issuer };

describe('without one of the passkeys', () => {
  it.each([
    ['nothing else', ONLY, ALL, false],
    ['another passkey', { passkeys: [passkey('one'), passkey('two')] }, ALL, true],
    ['a password', { ...ONLY, passwordHash: 'hash' }, ALL, true],
    [
      'a password where they are switched off',
      { ...ONLY, passwordHash: 'hash' },
      { ...ALL, hasPasswordLogin: false },
      false,
    ],
    ['an identity at the provider', { ...ONLY, identities: [{ issuer, subject: '1' }] }, ALL, true],
    [
      'an identity at an earlier provider',
      { ...ONLY, identities: [{ issuer: 'https://old.example', subject: '1' }] },
      ALL,
      false,
    ],
    [
      'an identity where there is no provider',
      { ...ONLY, identities: [{ issuer, subject: '1' }] },
      { ...ALL, oidcIssuer: undefined },
      false,
    ],
  ])('and with %s', (_, person, offered, isPossible) => {
    expect(canSignInWithout('one', person, offered)).toBe(isPossible);
  });

  it('another one is enough, whatever else the person has', () => {
    const ids = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(ids, fc.boolean(), (all, hasPasswordLogin) => {
        const person = { passkeys: all.map(passkey) };
        expect(canSignInWithout(all[0] ?? '', person, { hasPasswordLogin, oidcIssuer: undefined })).toBe(true);
      }),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 500) },
    );
  });
});
