import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Ticker } from './ticker.js';

describe('a ticker', () => {
  it('works again and again, never twice at once, also after an error', async () => {
    let running = 0;
    let runs = 0;
    const errors: unknown[] = [];
    const ticker = new Ticker(
      1,
      async () => {
        expect(++running).toBe(1);
        await sleep(3);
        running--;
        if (++runs === 2) throw new Error('second');
      },
      (error) => errors.push(error),
    );
    ticker.start();
    while (runs < 4) await sleep(1);
    await ticker.stop();
    expect(errors).toEqual([new Error('second')]);
  });

  it('does not wait for ever for what is under way', async () => {
    const ticker = new Ticker(
      1_000,
      () => new Promise(() => undefined),
      () => undefined,
    );
    ticker.now();
    const begin = performance.now();
    await ticker.stop(20);
    expect(performance.now() - begin).toBeGreaterThanOrEqual(19);
    expect(ticker.isEnding).toBe(true);
  });

  it('ends after what is under way, and then for good', async () => {
    let runs = 0;
    const ticker = new Ticker(
      1_000,
      async () => {
        await sleep(5);
        expect(ticker.isEnding).toBe(true);
        runs++;
      },
      () => undefined,
    );
    ticker.now();
    await ticker.stop();
    expect(runs).toBe(1);
    ticker.now();
    await sleep(10);
    expect(runs).toBe(1);
  });
});
