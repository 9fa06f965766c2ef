import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AdaptiveBatchSize } from './adaptive-batch-size.js';

describe('the window', () => {
  it('comes down to one record by refusals, wherever it began, and back by successes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (most) => {
        const pacer = new AdaptiveBatchSize(most);
        expect(pacer.limit).toBe(most);
        for (let refusals = 0; pacer.limit > 1; refusals++) {
          const before = pacer.limit;
          pacer.shrink();
          expect(pacer.limit).toBeLessThan(before);
          expect(refusals).toBeLessThan(10);
        }
        for (let successes = 0; pacer.limit < most; successes++) {
          pacer.succeeded();
          expect(successes).toBeLessThan(10);
        }
        expect(pacer.limit).toBe(most);
      }),
    );
  });

  it('is a quarter of what failed, but not less than never takes long, and what refusals have made of it if that is less', () => {
    const pacer = new AdaptiveBatchSize(50_000);
    const limits = Array.from({ length: 5 }, () => {
      pacer.failed();
      return pacer.limit;
    });
    expect(limits).toEqual([12_500, 3_125, 781, 500, 500]);
    pacer.shrink();
    pacer.failed();
    expect(pacer.limit).toBe(125);
    pacer.succeeded();
    expect(pacer.limit).toBe(500);
  });

  it('has one record at least and never more than the most, whatever happens', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50_000 }),
        fc.array(fc.constantFrom('succeeded', 'shrink', 'failed')),
        (most, outcomes) => {
          const pacer = new AdaptiveBatchSize(most);
          for (const outcome of outcomes) {
            pacer[outcome]();
            expect(Number.isInteger(pacer.limit)).toBe(true);
            expect(pacer.limit).toBeGreaterThanOrEqual(1);
            expect(pacer.limit).toBeLessThanOrEqual(most);
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
    const pacer = new AdaptiveBatchSize(10);
    const waits = Array.from({ length: 7 }, () => pacer.failed());
    expect(waits).toEqual([200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
    pacer.succeeded();
    expect(pacer.failed()).toBe(200);
  });

  it('ends when its time is over', async () => {
    const pacer = new AdaptiveBatchSize(10);
    const ended = vi.fn();
    void pacer.wait(200).then(ended);
    await vi.advanceTimersByTimeAsync(199);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(ended).toHaveBeenCalled();
  });

  it('ends at once when woken, and is none from then on', async () => {
    const pacer = new AdaptiveBatchSize(10);
    const waiting = pacer.wait(5_000);
    pacer.wake();
    await waiting;
    await pacer.wait(5_000);
    pacer.wake();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is none when woken before', async () => {
    const pacer = new AdaptiveBatchSize(10);
    pacer.wake();
    await pacer.wait(5_000);
    expect(vi.getTimerCount()).toBe(0);
  });
});
