import { describe, expect, it } from 'vitest';
import { kindOf } from './request-kind.js';

describe('the kind of a request', () => {
  it.each([
    'prefetch',
    'prefetch;prerender',
    'prefetch;anonymous-client-ip',
    'prerender',
    'Prefetch',
    '"prefetch"',
    ' preview',
    'instant',
  ])('K12 is a prefetch where the browser says %j', (purpose) => {
    expect(kindOf({ isHead: false, purpose })).toBe('prefetch');
    expect(kindOf({ isHead: true, purpose })).toBe('head');
  });

  it.each([undefined, '', 'navigate', 'document', 'x prefetch', '?1'])('K12 is a visit where it says %j', (purpose) => {
    expect(kindOf({ isHead: false, purpose })).toBe('visit');
    expect(kindOf({ isHead: true, purpose })).toBe('head');
  });
});
