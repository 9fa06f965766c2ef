import { describe, expect, it, vi } from 'vitest';
import { KnownValues } from './known-values.js';

interface Store {
  values: KnownValues<number>;
  reads: string[];
  /** What a read answers; a promise that never settles is a frozen store. */
  answer: (key: string) => Promise<number>;
  isHopeful: boolean;
}

// Promise.withResolvers needs Node 22.
const withResolvers = (): { promise: Promise<number>; resolve: (value: number) => void } => {
  let resolve: (value: number) => void = () => undefined;
  const promise = new Promise<number>((settle) => (resolve = settle));
  return { promise, resolve };
};

const store = (maxAgeMs = 1_000, max = 10): Store => {
  const made: Store = {
    reads: [],
    answer: async () => 1,
    isHopeful: true,
    values: new KnownValues<number>({
      maxAgeMs,
      max,
      isHopeful: () => made.isHopeful,
      read: (key) => {
        made.reads.push(key);
        return made.answer(key);
      },
    }),
  };
  return made;
};

describe('known values', () => {
  it('are read once for all who ask, and not again while they are young', async () => {
    const { values, reads } = store();
    expect(await Promise.all([values.get('a'), values.get('a'), values.get('a')])).toEqual([1, 1, 1]);
    expect(await values.get('a')).toBe(1);
    expect(reads).toEqual(['a']);
  });

  it('are read again when they are of age', async () => {
    const it = store(0);
    expect(await it.values.get('a')).toBe(1);
    it.answer = async () => 2;
    expect(await it.values.get('a')).toBe(2);
  });

  it('are read beside when half their time is over, so that who asks again and again never waits', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const it = store(1_000);
      await it.values.get('a');
      it.answer = () => new Promise(() => undefined);
      vi.advanceTimersByTime(499);
      expect(await it.values.get('a')).toBe(1);
      expect(it.reads).toHaveLength(1);
      const slow = withResolvers();
      it.answer = () => slow.promise;
      vi.advanceTimersByTime(1);
      expect(await Promise.all([it.values.get('a'), it.values.get('a')])).toEqual([1, 1]);
      expect(it.reads).toHaveLength(2);
      slow.resolve(2);
      await slow.promise;
      expect(await it.values.get('a')).toBe(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it('are served as they are known while reading fails, is slow or is hopeless', async () => {
    const it = store(0);
    await it.values.get('a');
    it.answer = async () => Promise.reject(new Error('away'));
    expect(await it.values.get('a')).toBe(1);
    it.answer = () => new Promise(() => undefined);
    expect(await it.values.get('a')).toBe(1);
    it.isHopeful = false;
    const reads = it.reads.length;
    expect(await it.values.get('a')).toBe(1);
    expect(it.reads.length).toBe(reads);
  });

  it('say so when one that is not known can not be read, and can be read later', async () => {
    const it = store();
    it.answer = async () => Promise.reject(new Error('away'));
    await expect(it.values.get('a')).rejects.toThrow('away');
    it.answer = async () => 3;
    expect(await it.values.get('a')).toBe(3);
  });

  it('are not set back by a read that began before a write', async () => {
    const it = store();
    const old = withResolvers();
    it.answer = () => old.promise;
    const early = it.values.get('a');
    it.values.set('a', 2);
    old.resolve(1);
    await early;
    expect(await it.values.get('a')).toBe(2);

    const older = withResolvers();
    it.answer = () => older.promise;
    const other = it.values.get('b');
    it.values.forget('b');
    it.answer = async () => 5;
    expect(await it.values.get('b')).toBe(5);
    older.resolve(4);
    await other;
    expect(await it.values.get('b')).toBe(5);
  });

  it('are bounded: the one that was not used for longest goes', async () => {
    const it = store(60_000, 2);
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await it.values.get(key);
    expect(it.reads).toEqual(['a', 'b', 'c', 'b']);
  });

  it('grow old by the clock', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const it = store(1_000);
      await it.values.get('a');
      it.answer = async () => 2;
      vi.advanceTimersByTime(499);
      expect(await it.values.get('a')).toBe(1);
      expect(it.reads).toHaveLength(1);
      vi.advanceTimersByTime(501);
      expect(await it.values.get('a')).toBe(2);
      expect(it.reads).toHaveLength(2);
    } finally {
      vi.useRealTimers();
    }
  });
});
