import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withTimeout } from './with-timeout.js';

class Late extends Error {}
const late = (): Late => new Late();

describe('within', () => {
  describe('by the clock', () => {
    // setImmediate stays real: it is the turn in which an answer that has arrived is read.
    beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
    afterEach(() => vi.useRealTimers());
    const turn = () => new Promise((resolve) => setImmediate(resolve));

    const pass = async (ms: number) => {
      vi.advanceTimersByTime(ms);
      await turn();
    };

    it('gives what comes in time, and leaves no timer behind', async () => {
      await expect(withTimeout(50, Promise.resolve('answer'), late)).resolves.toBe('answer');
      expect(vi.getTimerCount()).toBe(0);
    });

    it('throws what is thrown in time, and leaves no timer behind', async () => {
      const refused = Promise.reject(new RangeError('refused'));
      await expect(withTimeout(50, refused, late)).rejects.toThrow(RangeError);
      expect(vi.getTimerCount()).toBe(0);
    });

    it('throws when its time is over, not before', async () => {
      const settled = vi.fn();
      const result = withTimeout(50, new Promise(() => undefined), late);
      result.catch(settled);
      vi.advanceTimersByTime(49);
      await turn();
      await turn();
      expect(settled).not.toHaveBeenCalled();
      vi.advanceTimersByTime(1);
      await expect(result).rejects.toThrow(Late);
    });

    it('throws as soon as there is no hope, not before', async () => {
      let isHopeful = true;
      const settled = vi.fn();
      const result = withTimeout(3_000, new Promise(() => undefined), late, () => isHopeful);
      result.catch(settled);
      for (let ms = 0; ms < 2_900; ms += 50) await pass(50);
      expect(settled).not.toHaveBeenCalled();
      isHopeful = false;
      vi.advanceTimersByTime(50);
      await expect(result).rejects.toThrow(Late);
      expect(vi.getTimerCount()).toBe(0);
    });

    it('throws when its time is over, however much hope there is', async () => {
      const result = withTimeout(120, new Promise(() => undefined), late, () => true);
      const thrown = expect(result).rejects.toThrow(Late);
      for (const ms of [50, 50, 20]) await pass(ms);
      await thrown;
      expect(vi.getTimerCount()).toBe(0);
    });

    it('takes an answer that is read in the same turn in which the time is over', async () => {
      let arrive: (text: string) => void = () => undefined;
      const result = withTimeout(50, new Promise<string>((resolve) => (arrive = resolve)), late);
      vi.advanceTimersByTime(50);
      arrive('just so');
      await expect(result).resolves.toBe('just so');
    });

    it('causes no unhandled rejection when an answer fails after the timeout', async () => {
      let fail: (error: Error) => void = () => undefined;
      const result = withTimeout(50, new Promise((_resolve, reject) => (fail = reject)), late);
      const thrown = expect(result).rejects.toThrow(Late);
      vi.advanceTimersByTime(50);
      await thrown;
      fail(new RangeError('too late')); // would end the run as an unhandled rejection
      await turn();
    });
  });

  it('takes an answer that has arrived while this process was busy for longer than it had', async () => {
    const arrived = sleep(5).then(() => 'arrived');
    const result = withTimeout(20, arrived, late);
    const end = performance.now() + 60;
    while (performance.now() < end);
    await expect(result).resolves.toBe('arrived');
  });
});
