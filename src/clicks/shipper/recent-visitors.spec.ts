import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { RecentVisitors } from './recent-visitors.js';

const newKey = (): string => randomBytes(17).toString('base64url').slice(0, 22);

describe('RecentVisitors', () => {
  it('knows no key at first', () => {
    const memory = new RecentVisitors();
    expect(['AAAAAAAAAAAAAAAAAAAAAA', newKey(), newKey()].some((key) => memory.has(key))).toBe(false);
  });

  it('knows nearly all of two hundred thousand keys that come again and again, and no others', () => {
    const memory = new RecentVisitors();
    const keys = Array.from({ length: 200_000 }, newKey);
    for (const key of [...keys, ...keys]) memory.add(key);
    expect(keys.filter((key) => memory.has(key)).length).toBeGreaterThan(199_980);
    expect(Array.from({ length: 100_000 }, newKey).filter((key) => memory.has(key))).toEqual([]);
  });

  it('knows the one that came last', () => {
    const memory = new RecentVisitors();
    for (let i = 0; i < 1_000; i++) {
      const key = newKey();
      memory.add(key);
      expect(memory.has(key)).toBe(true);
    }
  });
});
