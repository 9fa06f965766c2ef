import { describe, expect, it } from 'vitest';
import { couldBeApiKey, newApiKey } from './api-key-format.js';

describe('API keys', () => {
  it('pass their own check, and fail it when a character is changed', () => {
    const key = newApiKey();
    expect(key).toMatch(/^hb_[0-9A-Za-z]{36}$/);
    expect(couldBeApiKey(key)).toBe(true);
    const last = key.endsWith('0') ? '1' : '0';
    expect(couldBeApiKey(key.slice(0, -1) + last)).toBe(false);
  });

  it('may be any text of 24 characters that the operator chose', () => {
    expect(couldBeApiKey('my-own-key-of-24-letters!')).toBe(true);
    expect(couldBeApiKey('too-short')).toBe(false);
  });
});
