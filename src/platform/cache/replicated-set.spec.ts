import { expect, it } from 'vitest';
import { ReplicatedSet } from './replicated-set.js';

const setOf = (stored: Map<string, number>) => {
  const made = { version: 1, reads: 0, changes: [] as string[], isAway: false };
  const set = new ReplicatedSet<number>({
    readVersion: async () => {
      if (made.isAway) throw new Error('away');
      return made.version;
    },
    readAll: async () => {
      made.reads++;
      return new Map(stored);
    },
    readAnywayMs: 60_000,
    isSame: (a, b) => a === b,
    onChange: (key) => made.changes.push(key),
  });
  return { set, made };
};

it('a set is read as a whole once, and again when its version is another', async () => {
  const stored = new Map([['a', 1]]);
  const { set, made } = setOf(stored);
  expect([set.isLoaded, set.getCached('a')]).toEqual([false, undefined]);
  await set.refresh();
  await set.refresh();
  expect([set.isLoaded, set.getCached('a'), made.reads]).toEqual([true, 1, 1]);
  stored.set('a', 2).set('b', 1);
  made.version++;
  await set.refresh();
  expect([set.getCached('a'), set.getCached('b'), made.reads]).toEqual([2, 1, 2]);
  stored.delete('a');
  made.version++;
  await set.refresh();
  expect(made.changes).toEqual(['a', 'b', 'a']);
});

it('a refresh that is asked for during another one begins after it, once for all', async () => {
  const stored = new Map([['a', 1]]);
  const { set, made } = setOf(stored);
  const first = set.refresh();
  stored.set('a', 2);
  made.version++;
  await Promise.all([first, ...Array.from({ length: 10 }, () => set.refresh())]);
  expect(set.getCached('a')).toBe(2);
  expect(made.reads).toBeLessThanOrEqual(2);
});

it('values stay as they are known while the store is away', async () => {
  const { set, made } = setOf(new Map([['a', 1]]));
  await set.refresh();
  made.isAway = true;
  await expect(set.refresh()).rejects.toThrow('away');
  expect(set.getCached('a')).toBe(1);
});
