import fc from 'fast-check';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ProblemException } from '../http/problems/problem.js';
import { FairQueue } from './fair-queue.js';

const LIMITS = {
  atOnce: 2,
  atOncePerKey: 1,
  waiting: 4,
  waitingPerKey: 2,
  maxWaitMs: 60_000,
  retryAfterSeconds: 3,
};
const REFUSALS = { own: 'Yours are running.', all: 'Others are running.' };

/** Work that ends when it is told to. */
class Job {
  end!: () => void;
  hasBegun = false;
  readonly run = (): Promise<void> => {
    this.hasBegun = true;
    return new Promise((resolve) => (this.end = resolve));
  };
}

describe('FairQueue', () => {
  it('runs one of each key, and keeps a place for others in the line', async () => {
    const queue = new FairQueue(LIMITS, REFUSALS);
    const jobs = Array.from({ length: 4 }, () => new Job());
    const [first, second, third, fourth] = jobs as [Job, Job, Job, Job];
    const all = [first, second, third].map((job) => queue.run('a', job.run));
    await expect(queue.run('a', fourth.run)).rejects.toMatchObject({
      code: 'too_many_requests',
      detail: 'Yours are running. Try again in 3 seconds.',
      headers: { 'retry-after': '3' },
    });
    const other = new Job();
    const others = queue.run('b', other.run);
    expect([first, second, third, other].map(({ hasBegun }) => hasBegun)).toEqual([true, false, false, true]);
    first.end();
    await nextTurn();
    expect([second, third].map(({ hasBegun }) => hasBegun)).toEqual([true, false]);
    other.end();
    second.end();
    await nextTurn();
    third.end();
    await Promise.all([...all, others]);
  });

  it('refuses what has waited too long, and lets go of its place', async () => {
    const queue = new FairQueue({ ...LIMITS, maxWaitMs: 1 }, REFUSALS);
    const job = new Job();
    const running = queue.run('a', job.run);
    await expect(queue.run('a', new Job().run)).rejects.toBeInstanceOf(ProblemException);
    job.end();
    await running;
    expect(await queue.run('a', () => Promise.resolve(1))).toBe(1);
  });

  it('continues after work that fails', async () => {
    const queue = new FairQueue({ ...LIMITS, atOnce: 1 }, REFUSALS);
    const failing = Array.from({ length: 3 }, (_, i) => queue.run(`${i}`, () => Promise.reject(new Error('no'))));
    expect((await Promise.allSettled(failing)).every(({ status }) => status === 'rejected')).toBe(true);
    expect(await queue.run('a', () => Promise.resolve(1))).toBe(1);
  });

  it('never runs more than it may, and starts all that it took', async () => {
    const keys = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 20 });
    const limits = fc.record({
      atOnce: fc.integer({ min: 1, max: 3 }),
      atOncePerKey: fc.integer({ min: 1, max: 2 }),
      waiting: fc.nat(6),
      waitingPerKey: fc.nat(3),
    });
    const property = fc.asyncProperty(keys, limits, async (wanted, own) => {
      const queue = new FairQueue({ ...LIMITS, ...own }, REFUSALS);
      const running: string[] = [];
      let ended = 0;
      const outcomes = await Promise.allSettled(
        wanted.map((key) =>
          queue.run(key, async () => {
            running.push(key);
            expect(running.length).toBeLessThanOrEqual(own.atOnce);
            expect(running.filter((other) => other === key).length).toBeLessThanOrEqual(own.atOncePerKey);
            await nextTurn();
            running.splice(running.indexOf(key), 1);
            ended++;
          }),
        ),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(ended);
      const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
      for (const reason of refused) expect(reason).toBeInstanceOf(ProblemException);
    });
    await fc.assert(property, { numRuns: 100 });
  });
});
