import { describe, expect, it } from 'vitest';
import { isOwnerToken, ownerToken } from './owner-token.js';

const KEY = 'k'.repeat(64);
const NOW = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;

describe('the token of the first owner', () => {
  const token = ownerToken(KEY, NOW);

  it('is valid for a day, on servers with the same key', () => {
    expect(isOwnerToken(KEY, token, NOW)).toBe(true);
    expect(isOwnerToken(KEY, token, NOW + DAY_MS - 1_000)).toBe(true);
    expect(isOwnerToken(KEY, token, NOW + DAY_MS)).toBe(false);
    expect(isOwnerToken('x'.repeat(64), token, NOW)).toBe(false);
  });

  it('cannot be changed', () => {
    const [expiry = '', signature = ''] = token.split('.');
    const later = (Number.parseInt(expiry, 36) + 1).toString(36);
    for (const forged of [
      '',
      '.',
      expiry,
      `${later}.${signature}`,
      `${expiry}.${'A'.repeat(43)}`,
      `${token} `,
      `x${token}`,
    ]) {
      expect(isOwnerToken(KEY, forged, NOW), forged).toBe(false);
    }
  });
});
