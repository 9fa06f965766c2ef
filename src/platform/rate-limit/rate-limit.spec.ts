import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressBlock } from './address-block.js';
import { NotFoundLimiter } from './not-found-limiter.js';
import { SharedLimit } from './shared-limit.js';

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

describe('NotFoundLimiter', () => {
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

describe('SharedLimit', () => {
  it('counts by itself where there is no Redis', async () => {
    const limit = new SharedLimit('test', 2, undefined, () => true);
    const take = async (key: string): Promise<boolean> => (await limit.take(key)).isAdmitted;
    expect([await take('a'), await take('a'), await take('a'), await take('b')]).toEqual([true, true, false, true]);
    expect(await limit.take('a')).toMatchObject({ isAdmitted: false, limit: 2, remaining: 0 });
    const { resetSeconds } = await limit.take('a');
    expect(resetSeconds).toBeGreaterThan(0);
    expect(resetSeconds).toBeLessThanOrEqual(60);
  });

  it('of 0 is none', async () => {
    const limit = new SharedLimit('test', 0, undefined, () => true);
    for (let i = 0; i < 100; i++) expect((await limit.take('a')).isAdmitted).toBe(true);
  });
});
