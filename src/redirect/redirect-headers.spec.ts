import { describe, expect, it } from 'vitest';
import { REFERRER_POLICIES, type ReferrerPolicy } from '../links/link.schema.js';
import { redirectHeaders } from './redirect-headers.js';

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
