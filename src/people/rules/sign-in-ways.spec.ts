import { describe, expect, it } from 'vitest';
import { hasWayToSignIn, isSameIssuer } from './sign-in-ways.js';

const WAYS = { hasPasswordLogin: true, oidcIssuer: 'https://id.example' };
const IDENTITY = { issuer: 'https://id.example', subject: 'u-1' };

describe('the ways to sign in', () => {
  it('are a password, where passwords are allowed', () => {
    expect(hasWayToSignIn({ passwordHash: 'x' }, WAYS)).toBe(true);
    expect(hasWayToSignIn({ passwordHash: 'x' }, { ...WAYS, hasPasswordLogin: false })).toBe(false);
    expect(hasWayToSignIn({}, WAYS)).toBe(false);
  });

  it('are an identity at the provider of now', () => {
    expect(hasWayToSignIn({ identities: [IDENTITY] }, WAYS)).toBe(true);
    expect(hasWayToSignIn({ identities: [IDENTITY] }, { ...WAYS, oidcIssuer: undefined })).toBe(false);
    expect(hasWayToSignIn({ identities: [IDENTITY] }, { ...WAYS, oidcIssuer: 'https://other.example' })).toBe(false);
  });

  it('are passkeys', () => {
    const passkey = {
      _id: 'a',
      publicKey: '',
      counter: 0,
      transports: [],
      isBackedUp: false,
      name: '',
      createdAt: new Date(),
    };
    expect(hasWayToSignIn({ passkeys: [passkey] }, { hasPasswordLogin: false, oidcIssuer: undefined })).toBe(true);
    expect(hasWayToSignIn({ passkeys: [] }, WAYS)).toBe(false);
  });

  it('compare issuers without the slash at their end', () => {
    expect(isSameIssuer('https://id.example/', 'https://id.example')).toBe(true);
    expect(isSameIssuer('https://id.example/a', 'https://id.example')).toBe(false);
  });
});
