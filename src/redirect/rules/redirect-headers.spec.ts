import { describe, expect, it } from 'vitest';
import { REFERRER_POLICIES, type ReferrerPolicy } from '../../links/link.schema.js';
import { redirectHeaders, statusFor } from './redirect-headers.js';

describe('the headers of a redirect', () => {
  it('are none where there is nothing to say', () => {
    expect(redirectHeaders(true)).toBeUndefined();
    expect(redirectHeaders(false)).toEqual({ 'x-robots-tag': 'noindex' });
  });

  it.each(REFERRER_POLICIES)('say %s where the link does, the same each time', (policy) => {
    expect(redirectHeaders(true, policy)).toEqual({ 'referrer-policy': policy });
    expect(redirectHeaders(false, policy)).toEqual({ 'x-robots-tag': 'noindex', 'referrer-policy': policy });
    expect(redirectHeaders(true, policy)).toBe(redirectHeaders(true, policy));
  });

  it('have nothing that is no policy, whatever a snapshot says', () => {
    for (const odd of ['origin\r\nset-cookie: a=b', 'constructor', '']) {
      expect(redirectHeaders(true, odd as ReferrerPolicy)).toBeUndefined();
    }
  });
});

describe('the status of a redirect', () => {
  it('is the link’s for GET', () => {
    for (const status of [301, 302, 303, 307, 308] as const) {
      expect(statusFor(status, {})).toBe(status);
      expect(statusFor(status, { hasOtherMethod: false })).toBe(status);
    }
  });

  it.each([
    [301, 303],
    [302, 303],
    [303, 303],
    [307, 307],
    [308, 308],
  ] as const)('K14 says to other methods whether to go on by GET: %i is %i', (status, expected) => {
    expect(statusFor(status, { hasOtherMethod: true })).toBe(expected);
  });
});
