import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { addressBlock, wideBlock } from '../net/address-block.js';
import { BoundedMemoryLimiter } from './bounded-memory-limiter.js';
import { LookUpLimit } from './look-up-limit.js';
import { NotFoundLimiter } from './not-found-limiter.js';
import { SharedRateLimiter } from './shared-rate-limiter.js';
import { PacedQueue } from './paced-queue.js';

describe('addressBlock', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::ffff:cb00:7109', '203.0.113.9'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
  ])('%s stands for %s', (address, block) => {
    expect(addressBlock(address)).toBe(block);
  });

  it('is the same for all addresses of a /64', () => {
    const half = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(half, half, half, (net, one, two) => {
        const address = (host: number[]): string => [...net, ...host].map((part) => part.toString(16)).join(':');
        expect(addressBlock(address(one))).toBe(addressBlock(address(two)));
      }),
    );
  });
});

describe('wideBlock', () => {
  it.each([
    ['203.0.113.9', '203.0.113.0/24'],
    ['::ffff:203.0.113.9', '203.0.113.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['fe80::1%eth0', 'fe80:0:0::/48'],
    ['unknown', 'unknown'],
    ['', ''],
  ])('%s is in %s', (address, block) => {
    expect(wideBlock(address)).toBe(block);
  });

  it('S3 has a bound, whatever stands for an address', () => {
    const zone = `fe80::1%${'z'.repeat(16_000)}`;
    expect([addressBlock(zone), wideBlock(zone)]).toEqual(['fe80:0:0:0::/64', 'fe80:0:0::/48']);
    expect(addressBlock('x'.repeat(16_000)).length).toBeLessThan(50);
    expect(wideBlock('x'.repeat(16_000)).length).toBeLessThan(50);
  });
});

describe('S8 LookUpBudget', () => {
  it('gives a block a tenth of what is free, and always something', () => {
    const limit = new LookUpLimit(2_000);
    const begun = (address: string): number => {
      let count = 0;
      while (limit.begin(address) !== undefined) count++;
      return count;
    };
    const first = begun('203.0.113.1');
    expect(first).toBeGreaterThan(150);
    expect(first).toBeLessThanOrEqual(200);
    expect(begun('203.0.113.200')).toBe(0); // the same /24
    expect(begun('198.51.100.1')).toBeGreaterThan(100);
    for (let i = 0; i < 20; i++) begun(`10.0.${i}.1`);
    expect(begun('192.0.2.1')).toBeGreaterThanOrEqual(10);
  });

  it('has an end, and what has ended may begin again', () => {
    const limit = new LookUpLimit(50);
    const ends = Array.from({ length: 60 }, (_, i) => limit.begin(`10.${i}.0.1`)).filter((end) => end !== undefined);
    expect(ends).toHaveLength(50);
    expect([limit.begin(), limit.begin('192.0.2.1')]).toEqual([undefined, undefined]);
    for (const end of ends) end();
    expect(limit.begin()).toBeDefined();
    expect((limit as unknown as { byBlock: { size: number } }).byBlock.size).toBe(0);
  });
});

describe('S8 PacedQueue', () => {
  const options = { maxWaiting: 3, maxWaitingInAll: 5, pauseMs: 1 };

  it('does the work of a block one after the other, in order, though a piece fails', async () => {
    const lane = new PacedQueue(options);
    const events: string[] = [];
    const work =
      (name: string, fails = false) =>
      async () => {
        events.push(`${name} begins`);
        await new Promise((resolve) => setTimeout(resolve, 5));
        events.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      };
    const results = await Promise.allSettled([
      lane.run('a', work('1', true)),
      lane.run('a', work('2')),
      lane.run('a', work('3')),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(events).toEqual(['1 begins', '1 ends', '2 begins', '2 ends', '3 begins', '3 ends']);
  });

  it('lets so many wait, of a block and in all, and forgets those that are done', async () => {
    const lane = new PacedQueue(options);
    const run = (block: string) => lane.run(block, async () => block);
    const running = [run('a'), run('a'), run('a')];
    expect(run('a')).toBeUndefined();
    running.push(run('b'), run('b'));
    expect(run('c')).toBeUndefined();
    const done = await Promise.all(running.map((one) => one ?? Promise.resolve('refused')));
    expect(done).toEqual(['a', 'a', 'a', 'b', 'b']);
    await eventually(
      () => (lane as unknown as { lanes: { size: number } }).lanes.size,
      (size) => size === 0,
    );
    expect(await run('c')).toBe('c');
  });
});

describe('NotFoundLimiter', () => {
  it('S8 says beforehand whether the next one is too many, and counts what costs more as more', () => {
    let now = 0;
    const limiter = new NotFoundLimiter({ perMinute: 3, now: () => now });
    expect(limiter.isOver('203.0.113.9')).toBe(false);
    limiter.isTooMany('203.0.113.9', 2);
    expect(limiter.isOver('203.0.113.9')).toBe(false);
    expect(limiter.isTooMany('203.0.113.9')).toBe(false);
    expect(limiter.isOver('203.0.113.9')).toBe(true);
    expect(limiter.isOver('203.0.113.8')).toBe(false);
    now = 60_000;
    expect(limiter.isOver('203.0.113.9')).toBe(false);
  });

  it('takes a few for mistakes, and begins anew after a minute', () => {
    let now = 0;
    const limiter = new NotFoundLimiter({ perMinute: 3, now: () => now });
    const ask = (): boolean => limiter.isTooMany('203.0.113.9');
    expect([ask(), ask(), ask(), ask(), ask()]).toEqual([false, false, false, true, true]);
    expect(limiter.isTooMany('203.0.113.10')).toBe(false);
    now = 59_999;
    expect(ask()).toBe(true);
    now = 60_000;
    expect(ask()).toBe(false);
  });

  it('keeps a bounded number of addresses in mind', () => {
    const limiter = new NotFoundLimiter({ perMinute: 1, maxAddresses: 100 });
    for (let i = 0; i < 10_000; i++) limiter.isTooMany(`10.0.${i >> 8}.${i & 255}`);
    expect((limiter as unknown as { counts: { size: number } }).counts.size).toBe(100);
  });
});

describe('S3 BoundedMemoryLimiter', () => {
  it('keeps so many keys, those that were used last', async () => {
    const limiter = new BoundedMemoryLimiter({ points: 2, duration: 3_600 }, 100);
    for (let i = 0; i < 5_000; i++) {
      await limiter.consume(`flood ${i}`);
      await limiter.penalty(`other ${i}`);
      if (i % 10 === 0) await limiter.consume('used').catch(() => undefined);
    }
    expect(limiter.dump().storage.length).toBeLessThanOrEqual(100);
    await expect(limiter.consume('used')).rejects.toMatchObject({ remainingPoints: 0 });
    expect(await limiter.get('flood 1')).toBeNull();
  });
});

const ALONE = { client: undefined, isHeard: () => true };

describe('SharedRateLimiter', () => {
  it('counts by itself where there is no Redis', async () => {
    const limit = new SharedRateLimiter({ name: 'test', points: 2, periodSeconds: 60 }, ALONE);
    const take = async (key: string): Promise<boolean> => (await limit.consume(key)).isAdmitted;
    expect([await take('a'), await take('a'), await take('a'), await take('b')]).toEqual([true, true, false, true]);
    expect(await limit.consume('a')).toMatchObject({ isAdmitted: false, limit: 2, remaining: 0 });
    const { resetSeconds } = await limit.consume('a');
    expect(resetSeconds).toBeGreaterThan(0);
    expect(resetSeconds).toBeLessThanOrEqual(60);
  });

  it('of 0 is none', async () => {
    const limit = new SharedRateLimiter({ name: 'test', points: 0, periodSeconds: 60 }, ALONE);
    for (let i = 0; i < 100; i++) expect((await limit.consume('a')).isAdmitted).toBe(true);
  });
});
