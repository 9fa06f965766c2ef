import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RedisCache, type SharedEntry } from '../../../src/platform/redis/redis-cache.js';
import { workerRedisUrl } from '../../support/servers/servers.js';

const TTL_MS = 60_000;
const RUNS = Math.min(60, Number(process.env['PROPERTY_RUNS'] ?? 40));

let redis: Redis;
let namespace: string;
beforeAll(() => {
  redis = new Redis(workerRedisUrl());
  namespace = `test:${randomBytes(6).toString('hex')}`;
});
afterAll(() => redis.disconnect());

const cacheOf = (maxEntries = 1_000, name = namespace): RedisCache =>
  new RedisCache(redis, { namespace: name, maxEntries });
let keys = 0;
const newKey = (): string => `key-${keys++}`;
const found = async (cache: RedisCache, key: string, tag = 'tag'): Promise<SharedEntry> => {
  for (let attempt = 1; ; attempt++) {
    const entry = await cache.find(key, tag).catch((error: unknown) => {
      if (attempt === 5) throw error; // slow, on a busy machine
    });
    if (entry !== undefined) return entry;
  }
};
const fill = async (cache: RedisCache, key: string, value: string | null): Promise<boolean> =>
  cache.store(key, 'tag', (await found(cache, key)).version, value, TTL_MS);

describe('a value in Redis', () => {
  it('is had by all that ask for it, with and without a script in the cache of scripts', async () => {
    const [cache, other, key] = [cacheOf(), cacheOf(), newKey()];
    await redis.script('FLUSH');
    expect((await found(cache, key)).value).toBeUndefined();
    expect(await fill(cache, key, 'größe|😀\n')).toBe(true);
    await redis.script('FLUSH');
    expect((await found(other, key)).value).toBe('größe|😀\n');
  });

  it('can be that there is none', async () => {
    const [cache, key] = [cacheOf(), newKey()];
    await fill(cache, key, null);
    expect((await found(cache, key)).value).toBeNull();
  });

  it('does not count under another tag, and is replaced then', async () => {
    const [cache, key] = [cacheOf(), newKey()];
    await fill(cache, key, 'of the first');
    const entry = await found(cache, key, 'tag2');
    expect(entry.value).toBeUndefined();
    expect(await cache.store(key, 'tag2', entry.version, 'of the second', TTL_MS)).toBe(true);
    expect((await found(cache, key, 'tag2')).value).toBe('of the second');
    expect((await found(cache, key)).value).toBeUndefined();
  });

  it('is refused when it was loaded before a change, also when Redis was emptied, or another reader has begun', async () => {
    const [cache, key] = [cacheOf(), newKey()];
    const { version } = await found(cache, key);
    await cache.forget([key]);
    expect(await cache.store(key, 'tag', version, 'old', TTL_MS)).toBe(false);
    await fill(cache, key, 'new');
    expect(await cache.store(key, 'tag', version, 'old', TTL_MS)).toBe(false);
    await cache.clear();
    expect(await cache.store(key, 'tag', version, 'old', TTL_MS)).toBe(false);
    expect((await found(cache, key)).value).toBeUndefined();
  });

  it('is gone after its time', async () => {
    const [cache, key] = [cacheOf(), newKey()];
    await cache.store(key, 'tag', (await found(cache, key)).version, 'short', 20);
    await sleep(40);
    expect((await found(cache, key)).value).toBeUndefined();
  });

  it.each([
    '',
    'rubbish',
    'V',
    '0123456789abcdefVtag',
    '0123456789abcdefVtug|x',
    '0123456789abcdef?tag|x',
    '\u0000\u00ff',
  ])('that is not valid (%j) is a miss, and can be replaced', async (rubbish) => {
    const [cache, key] = [cacheOf(), newKey()];
    await fill(cache, key, 'good');
    await redis.set(`${namespace}:of:${key}`, rubbish);
    expect((await found(cache, key)).value).toBeUndefined();
    expect(await fill(cache, key, 'good')).toBe(true);
    expect((await found(cache, key)).value).toBe('good');
  });

  it.each(['list', 'index'])('is replaced when a key is of another type: %s', async (kind) => {
    const [cache, key] = [cacheOf(), newKey()];
    const name = kind === 'index' ? `${namespace}:index` : `${namespace}:of:${key}`;
    await redis.del(name);
    await redis.rpush(name, 'x');
    await fill(cache, key, 'good').catch(() => undefined);
    expect(await fill(cache, key, 'good')).toBe(true);
    expect((await found(cache, key)).value).toBe('good');
  });
});

describe('the number of values in Redis', () => {
  it('is bounded, and leases and absent keys are removed before values', async () => {
    const name = `${namespace}:bounded`;
    const cache = cacheOf(50, name);
    for (let i = 0; i < 40; i++) await fill(cache, `value-${i}`, 'x'.repeat(100));
    const scan = (i: number) => cache.find(`scanned-${i}`, 'tag').catch(() => undefined);
    await Promise.all(Array.from({ length: 500 }, (_, i) => scan(i)));
    await redis.ping(); // the scripts before have ended
    for (let i = 0; i < 100; i++) {
      const { version } = await found(cache, `absent-${i}`);
      await cache.store(`absent-${i}`, 'tag', version, null, 1_000);
    }
    expect(await redis.zcard(`${name}:index`)).toBeLessThanOrEqual(50);
    expect((await redis.keys(`${name}:of:*`)).length).toBeLessThanOrEqual(50);
    for (let i = 0; i < 40; i++) expect((await found(cache, `value-${i}`)).value).toBe('x'.repeat(100));
    for (let i = 40; i < 200; i++) await fill(cache, `value-${i}`, 'x');
    expect((await redis.keys(`${name}:of:*`)).length).toBeLessThanOrEqual(50);
    await cache.clear();
    expect(await redis.keys(`${name}:of:*`)).toEqual([]);
  });
});

type Step = { kind: 'change' | 'read'; startMs: number; loadMs: number };

describe('an older value', () => {
  it('never replaces a newer one, whatever readers and writers do at the same time', async () => {
    const step = fc.record({
      kind: fc.constantFrom<Step['kind']>('change', 'read', 'read', 'read'),
      startMs: fc.nat({ max: 12 }),
      loadMs: fc.nat({ max: 8 }),
    });
    const other = new Redis(workerRedisUrl());
    const caches = [cacheOf(), new RedisCache(other, { namespace, maxEntries: 1_000 })];
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
          const key = newKey();
          let stored = 0;
          let published = 0;
          const run = async ({ kind, startMs, loadMs }: Step, index: number): Promise<void> => {
            await sleep(startMs);
            const cache = caches[index % 2] as RedisCache;
            if (kind === 'change') {
              const own = ++stored;
              await sleep(loadMs / 4);
              await cache.forget([key]);
              published = Math.max(published, own);
              return;
            }
            const floor = published;
            const entry = await cache.find(key, 'tag').catch(() => undefined);
            if (entry === undefined) return; // a busy machine
            if (typeof entry.value === 'string') expect(Number(entry.value)).toBeGreaterThanOrEqual(floor);
            const value = stored;
            await sleep(loadMs);
            await cache.store(key, 'tag', entry.version, String(value), TTL_MS).catch(() => undefined);
          };
          await Promise.all(steps.map(run));
          const last = await found(cacheOf(), key);
          if (last.value !== undefined) expect(Number(last.value)).toBe(stored);
        }),
        { numRuns: RUNS },
      );
    } finally {
      other.disconnect();
    }
  });
});
