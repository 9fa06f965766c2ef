import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AdaptiveBatchSize } from './adaptive-batch-size.js';

describe('the size of a batch', () => {
  it('shrinks to one record by refusals, from any size, and grows again by successes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (max) => {
        const size = new AdaptiveBatchSize(max);
        expect(size.limit).toBe(max);
        for (let refusals = 0; size.limit > 1; refusals++) {
          const before = size.limit;
          size.shrink();
          expect(size.limit).toBeLessThan(before);
          expect(refusals).toBeLessThan(10);
        }
        for (let successes = 0; size.limit < max; successes++) {
          size.succeeded();
          expect(successes).toBeLessThan(10);
        }
        expect(size.limit).toBe(max);
      }),
    );
  });

  it('is a quarter after a failure, but at least 500, unless refusals have made it smaller', () => {
    const size = new AdaptiveBatchSize(50_000);
    const limits = Array.from({ length: 5 }, () => {
      size.failed();
      return size.limit;
    });
    expect(limits).toEqual([12_500, 3_125, 781, 500, 500]);
    size.shrink();
    size.failed();
    expect(size.limit).toBe(125);
    size.succeeded();
    expect(size.limit).toBe(500);
  });

  it('is at least one record and at most the maximum, whatever happens', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50_000 }),
        fc.array(fc.constantFrom('succeeded', 'shrink', 'failed')),
        (max, outcomes) => {
          const size = new AdaptiveBatchSize(max);
          for (const outcome of outcomes) {
            size[outcome]();
            expect(Number.isInteger(size.limit)).toBe(true);
            expect(size.limit).toBeGreaterThanOrEqual(1);
            expect(size.limit).toBeLessThanOrEqual(max);
          }
        },
      ),
    );
  });
});

describe('waiting after failures', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('takes twice as long each time, up to five seconds, and begins anew after a success', () => {
    const size = new AdaptiveBatchSize(10);
    const waits = Array.from({ length: 7 }, () => size.failed());
    expect(waits).toEqual([200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
    size.succeeded();
    expect(size.failed()).toBe(200);
  });

  it('ends when its time is over', async () => {
    const size = new AdaptiveBatchSize(10);
    const ended = vi.fn();
    void size.wait(200).then(ended);
    await vi.advanceTimersByTimeAsync(199);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(ended).toHaveBeenCalled();
  });

  it('ends at once when woken, and is none from then on', async () => {
    const size = new AdaptiveBatchSize(10);
    const waiting = size.wait(5_000);
    size.wake();
    await waiting;
    await size.wait(5_000);
    size.wake();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is none when woken before', async () => {
    const size = new AdaptiveBatchSize(10);
    size.wake();
    await size.wait(5_000);
    expect(vi.getTimerCount()).toBe(0);
  });
});
