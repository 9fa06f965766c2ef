import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { ReplicatedCache } from './replicated-cache.js';

interface Store {
  values: ReplicatedCache<number>;
  reads: string[];
  /** What a read answers; a promise that never settles is a frozen store. */
  answer: (key: string) => Promise<number>;
  isAnswering: boolean;
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
    isAnswering: true,
    values: new ReplicatedCache<number>({
      refreshAfterMs: maxAgeMs / 2,
      staleAfterMs: maxAgeMs,
      waitMs: { known: 200 },
      max,
      isStoreAnswering: () => made.isAnswering,
      load: (key) => {
        made.reads.push(key);
        return made.answer(key);
      },
    }),
  };
  return made;
};

describe('values with an age', () => {
  it('are read once for all who ask, and not again while they are young', async () => {
    const { values, reads } = store();
    expect(await Promise.all([values.find('a'), values.find('a'), values.find('a')])).toEqual([1, 1, 1]);
    expect(await values.find('a')).toBe(1);
    expect(reads).toEqual(['a']);
  });

  it('are read again when they are of age', async () => {
    const it = store(0);
    expect(await it.values.find('a')).toBe(1);
    it.answer = async () => 2;
    expect(await it.values.find('a')).toBe(2);
  });

  it('are read beside when half their time is over, so that who asks again and again never waits', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const it = store(1_000);
      await it.values.find('a');
      it.answer = () => new Promise(() => undefined);
      vi.advanceTimersByTime(499);
      expect(await it.values.find('a')).toBe(1);
      expect(it.reads).toHaveLength(1);
      const slow = withResolvers();
      it.answer = () => slow.promise;
      vi.advanceTimersByTime(1);
      expect(await Promise.all([it.values.find('a'), it.values.find('a')])).toEqual([1, 1]);
      expect(it.reads).toHaveLength(2);
      slow.resolve(2);
      await slow.promise;
      expect(await it.values.find('a')).toBe(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it('are served as they are known while reading fails, is slow or is hopeless', async () => {
    const it = store(0);
    await it.values.find('a');
    it.answer = async () => Promise.reject(new Error('away'));
    expect(await it.values.find('a')).toBe(1);
    it.answer = () => new Promise(() => undefined);
    expect(await it.values.find('a')).toBe(1);
    it.isAnswering = false;
    const reads = it.reads.length;
    expect(await it.values.find('a')).toBe(1);
    expect(it.reads.length).toBe(reads);
  });

  it('report when one that is not cached cannot be read, and can be read later', async () => {
    const it = store();
    it.answer = async () => Promise.reject(new Error('away'));
    await expect(it.values.find('a')).rejects.toThrow('away');
    it.answer = async () => 3;
    expect(await it.values.find('a')).toBe(3);
  });

  it('are not set back by a read that began before a write', async () => {
    const it = store();
    const old = withResolvers();
    it.answer = () => old.promise;
    const early = it.values.find('a');
    it.values.set('a', 2);
    old.resolve(1);
    await early;
    expect(await it.values.find('a')).toBe(2);

    const older = withResolvers();
    it.answer = () => older.promise;
    const other = it.values.find('b');
    it.values.invalidatePrefix('b');
    it.answer = async () => 5;
    expect(await it.values.find('b')).toBe(5);
    older.resolve(4);
    await other;
    expect(await it.values.find('b')).toBe(5);
  });

  it('are bounded: the one that was not used for longest goes', async () => {
    const it = store(60_000, 2);
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await it.values.find(key);
    expect(it.reads).toEqual(['a', 'b', 'c', 'b']);
  });

  it('grow old by the clock', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const it = store(1_000);
      await it.values.find('a');
      it.answer = async () => 2;
      vi.advanceTimersByTime(499);
      expect(await it.values.find('a')).toBe(1);
      expect(it.reads).toHaveLength(1);
      vi.advanceTimersByTime(501);
      expect(await it.values.find('a')).toBe(2);
      expect(it.reads).toHaveLength(2);
    } finally {
      vi.useRealTimers();
    }
  });
});

interface Loads {
  /** Loads under way, the oldest first. Each was called with the value that was stored then. */
  running: { key: string; resolve: () => void; reject: () => void }[];
  stored: Map<string, { version: number } | undefined>;
  cache: ReplicatedCache<{ version: number }>;
  reported: string[];
}

const loads = (options: Partial<ConstructorParameters<typeof ReplicatedCache<{ version: number }>>[0]> = {}): Loads => {
  const made: Loads = {
    running: [],
    stored: new Map(),
    reported: [],
    cache: new ReplicatedCache<{ version: number }>({
      load: (key) =>
        new Promise((resolve, reject) => {
          const value = made.stored.get(key);
          const end = () => reject(new Error('away'));
          made.running.push({ key, resolve: () => resolve(value && { ...value }), reject: end });
        }),
      max: 3,
      absent: { max: 2, ttlMs: 60_000 },
      isStoreAnswering: () => true,
      isSame: (a, b) => a.version === b.version,
      onUnreportedChange: (key) => made.reported.push(key),
      ...options,
    }),
  };
  return made;
};
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
const resolveAll = async ({ running }: Loads): Promise<void> => {
  for (const { resolve } of running.splice(0)) resolve();
  await settled();
};
const known = async (made: Loads, ...keys: string[]): Promise<void> => {
  for (const key of keys) {
    const found = made.cache.find(key);
    await resolveAll(made);
    await found;
  }
};

describe('keys without a value', () => {
  it('are kept apart: they push no values out, and are bounded themselves', async () => {
    const it = loads();
    for (const key of ['a', 'b', 'c']) it.stored.set(key, { version: 1 });
    await known(it, 'a', 'b', 'c', 'x', 'y', 'z');
    expect(['a', 'b', 'c'].map((key) => it.cache.getCached(key)?.version)).toEqual([1, 1, 1]);
    expect(['x', 'y', 'z'].map((key) => it.cache.isKnownAbsent(key))).toEqual([false, true, true]);
    expect(await it.cache.find('z')).toBeUndefined();
    expect(it.running).toEqual([]);
  });

  it('take no place while they are loaded', async () => {
    const it = loads();
    for (const key of ['a', 'b', 'c']) it.stored.set(key, { version: 1 });
    await known(it, 'a', 'b', 'c');
    const finds = Array.from({ length: 20 }, (_, i) => it.cache.find(`x${i}`));
    expect([...it.cache.known()].map(([key]) => key).toSorted()).toEqual(['a', 'b', 'c']);
    await resolveAll(it);
    await Promise.all(finds);
  });
});

describe('a value of an earlier run', () => {
  it('does not count before it was loaded again, but is returned when that fails', async () => {
    const it = loads({ waitMs: { known: 10 } });
    it.cache.restore('a', { version: 1 });
    expect(it.cache.getCached('a')).toBeUndefined();
    const failed = it.cache.find('a');
    for (const { reject } of it.running.splice(0)) reject();
    expect((await failed)?.version).toBe(1);
    expect(it.cache.getCached('a')).toBeUndefined();
    it.stored.set('a', { version: 2 });
    const found = it.cache.find('a');
    await resolveAll(it);
    expect((await found)?.version).toBe(2);
    expect(it.cache.getCached('a')?.version).toBe(2);
    expect(it.reported).toEqual([]);
  });

  it('replaces none that is known', async () => {
    const it = loads();
    it.stored.set('a', { version: 2 });
    await known(it, 'a');
    it.cache.restore('a', { version: 1 });
    expect(it.cache.getCached('a')?.version).toBe(2);
  });
});

describe('a value that is due', () => {
  it('is returned at once and loaded in the background, a few at a time', async () => {
    const it = loads({ refreshAfterMs: 0, maxBackgroundLoads: 2 });
    for (const key of ['a', 'b', 'c']) it.stored.set(key, { version: 1 });
    await known(it, 'a', 'b', 'c');
    for (const key of ['a', 'b', 'c', 'a']) expect(it.cache.getCached(key)?.version).toBe(1);
    expect(it.running.map(({ key }) => key)).toEqual(['a', 'b']);
  });

  it('stays the same object when it has not changed, and reports a change that nothing has reported', async () => {
    const it = loads({ refreshAfterMs: 0 });
    it.stored.set('a', { version: 1 });
    await known(it, 'a');
    const first = it.cache.getCached('a');
    await resolveAll(it);
    expect(it.cache.getCached('a')).toBe(first);
    it.stored.set('a', { version: 2 });
    await resolveAll(it); // the load under way is of before
    expect(it.reported).toEqual([]);
    it.cache.getCached('a');
    await resolveAll(it);
    expect(it.reported).toEqual(['a']);
    it.stored.delete('a');
    it.cache.getCached('a');
    await resolveAll(it);
    expect(it.reported).toEqual(['a', 'a']);
    expect(it.cache.getCached('a')).toBeUndefined();
    expect(it.cache.version).toBe(3);
  });
});

describe('a budget', () => {
  it('admits loads, and is given back at their end, however they end', async () => {
    let free = 1;
    const beginLoad = (): (() => void) | undefined => (free > 0 ? (free--, () => void free++) : undefined);
    const it = loads({ beginLoad });
    const found = it.cache.find('a', '192.0.2.1');
    await expect(it.cache.find('b', '192.0.2.1')).rejects.toThrow();
    for (const { reject } of it.running.splice(0)) reject();
    await expect(found).rejects.toThrow('away');
    expect(free).toBe(1);
    await known(it, 'b');
    expect(free).toBe(1);
  });
});

describe('a value whose load began before a change', () => {
  it('is never kept, in whatever order loads end and changes come', async () => {
    const command = fc.oneof(
      fc.record({ kind: fc.constantFrom('find', 'peek', 'change', 'remove'), key: fc.constantFrom('a', 'b') }),
      fc.record({ kind: fc.constantFrom('resolve', 'reject'), at: fc.nat({ max: 5 }) }),
      fc.record({ kind: fc.constantFrom('discard', 'restore') }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 40 }), async (commands) => {
        const it = loads({ refreshAfterMs: 0, waitMs: { known: 5 } });
        let version = 0;
        const floor = new Map<string, number>();
        const change = (key: string, value: { version: number } | undefined): void => {
          it.stored.set(key, value);
          floor.set(key, version);
          it.cache.invalidate(key);
        };
        for (const one of commands) {
          version++;
          if ('key' in one) {
            if (one.kind === 'change') change(one.key, { version });
            else if (one.kind === 'remove') change(one.key, undefined);
            else if (one.kind === 'find') it.cache.find(one.key).catch(() => undefined);
            else it.cache.getCached(one.key);
          } else if ('at' in one) {
            const [load] = it.running.splice(one.at, 1);
            if (one.kind === 'resolve') load?.resolve();
            else load?.reject();
          } else if (one.kind === 'discard') it.cache.discardLoads();
          else it.cache.restore('a', { version: 0 });
          await settled();
          for (const key of ['a', 'b']) {
            const cached = it.cache.getCached(key);
            if (cached) expect(cached.version).toBe(it.stored.get(key)?.version);
            if (it.cache.isKnownAbsent(key)) expect(it.stored.get(key)).toBeUndefined();
          }
        }
      }),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 500) },
    );
  });
});
