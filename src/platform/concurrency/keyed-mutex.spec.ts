import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { KeyedMutex } from './keyed-mutex.js';

describe('turns', () => {
  it('are taken one after the other of a key, in order, and beside those of another', async () => {
    const turns = new KeyedMutex(1_000, () => new Error('late'));
    const begun: string[] = [];
    const underWay = new Set<string>();
    const one = (key: string, n: number): Promise<number> =>
      turns.take(key, async () => {
        expect(underWay.has(key)).toBe(false);
        underWay.add(key);
        begun.push(`${key}${n}`);
        await sleep(1);
        underWay.delete(key);
        if (n === 1) throw new RangeError('one');
        return n;
      });
    const all = await Promise.allSettled([one('a', 0), one('a', 1), one('b', 2), one('a', 3)]);
    expect(all.map((it) => (it.status === 'fulfilled' ? it.value : 'failed'))).toEqual([0, 'failed', 2, 3]);
    expect(begun.filter((name) => name.startsWith('a'))).toEqual(['a0', 'a1', 'a3']);
    expect(begun.indexOf('b2')).toBeLessThan(2);
  });
});
