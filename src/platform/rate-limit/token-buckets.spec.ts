import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenBuckets } from './token-buckets.js';

describe('the rate of postbacks of a network', () => {
  const passed = (limiter: TokenBuckets, count: number, rate: number, now: number, key = 'net'): number =>
    Array.from({ length: count }, () => limiter.take(key, rate, now)).filter(({ ok }) => ok).length;

  it('lets a minute’s worth through at once, and then as much as comes in', () => {
    const limiter = new TokenBuckets();
    expect(passed(limiter, 100, 60, 0)).toBe(60);
    expect(limiter.take('net', 60, 0)).toEqual({ ok: false, retryAfterSeconds: 1 });
    expect(passed(limiter, 10, 60, 3_000)).toBe(3);
    expect(passed(limiter, 100, 60, 3_000_000)).toBe(60);
  });

  it('lets 10,000 through at once, not more', () => {
    const limiter = new TokenBuckets();
    expect(passed(limiter, 12_000, 60_000, 0)).toBe(10_000);
    expect(passed(limiter, 12_000, 60_000, 1_000)).toBe(1_000);
  });

  it('says when to come again', () => {
    const limiter = new TokenBuckets();
    expect(limiter.take('net', 1, 0)).toEqual({ ok: true });
    expect(limiter.take('net', 1, 0)).toEqual({ ok: false, retryAfterSeconds: 60 });
    expect(limiter.take('net', 1, 45_500)).toEqual({ ok: false, retryAfterSeconds: 15 });
    expect(limiter.take('net', 1, 60_000)).toEqual({ ok: true });
  });

  it('is each network’s own', () => {
    const limiter = new TokenBuckets();
    expect(passed(limiter, 9, 5, 0, 'one')).toBe(5);
    expect(passed(limiter, 9, 5, 0, 'two')).toBe(5);
  });

  it('holds when it is made smaller, and when the clock stands still or goes back', () => {
    const limiter = new TokenBuckets();
    expect(passed(limiter, 10, 600, 1_000)).toBe(10);
    expect(passed(limiter, 10, 6, 500)).toBe(6);
    expect(passed(limiter, 10, 6, 400)).toBe(0);
  });

  it('never lets more through than the rate and one burst, whenever they come', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000 }),
        fc.array(fc.record({ wait: fc.nat(20_000), count: fc.nat(300) }), { maxLength: 30 }),
        (rate, visits) => {
          const limiter = new TokenBuckets();
          let now = 0;
          let through = 0;
          for (const { wait, count } of visits) {
            now += wait;
            through += passed(limiter, count, rate, now);
            expect(through).toBeLessThanOrEqual(rate + (now * rate) / 60_000 + 0.001);
          }
        },
      ),
    );
  });

  it('remembers so many networks and no more', () => {
    const limiter = new TokenBuckets(2);
    for (const key of ['a', 'b']) limiter.take(key, 1, 0);
    expect(limiter.take('b', 1, 0).ok).toBe(false);
    limiter.take('c', 1, 0);
    expect(limiter.take('a', 1, 0).ok).toBe(true);
  });
});
