import { describe, expect, it } from 'vitest';
import { isId, newId, timeOfId } from './ids.js';

describe('newId', () => {
  it('has its prefix, its shape, and sorts by time', () => {
    const early = newId('lnk', 1_700_000_000_000);
    const late = newId('lnk', 1_700_000_000_001);
    expect(early).toMatch(/^lnk_[0-9A-Za-z]{20}$/);
    expect(early < late).toBe(true);
  });

  it('does not repeat within a millisecond', () => {
    const ids = new Set(Array.from({ length: 10_000 }, () => newId('pbk', 1)));
    expect(ids.size).toBe(10_000);
  });

  it('knows its own shape and no other', () => {
    expect(isId('cnv', newId('cnv'))).toBe(true);
    expect(isId('lnk', newId('cnv'))).toBe(false);
    expect(isId('lnk', 'lnk_$ne')).toBe(false);
  });

  it('holds the time of its creation', () => {
    expect(timeOfId(newId('imp', 1_700_000_000_123))).toEqual(new Date(1_700_000_000_123));
    expect(timeOfId('imp_short')).toBeUndefined();
    expect(timeOfId('nothing')).toBeUndefined();
  });
});
