import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GroupCommit, type GroupCommitOptions } from './group-commit.js';

class Late extends Error {}

function commit(options: Partial<GroupCommitOptions<number, string>> = {}) {
  const groups: [string, number[]][] = [];
  const underWay = new Set<string>();
  const run = async (key: string, jobs: number[]): Promise<string[]> => {
    expect(underWay.has(key)).toBe(false);
    underWay.add(key);
    groups.push([key, jobs]);
    await sleep(1);
    underWay.delete(key);
    return jobs.map((job) => `${key}${job}`);
  };
  const late = (): Error => new Late();
  const all = { run, maxJobs: 100, patienceMs: 1_000, late, isSingleJobFault: () => false, ...options };
  return { groups, group: new GroupCommit<number, string>(all) };
}

describe('group commit', () => {
  it('gives each job its own result, in order, one group of a key at a time', async () => {
    const jobs = fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.nat(3)), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(jobs, fc.integer({ min: 1, max: 5 }), async (list, maxJobs) => {
        const { group, groups } = commit({ maxJobs });
        const results = list.map(async ([key, pause], i) => {
          await sleep(pause);
          return group.submit(key, i);
        });
        expect(await Promise.all(results)).toEqual(list.map(([key], i) => `${key}${i}`));
        expect(groups.flatMap(([, of]) => of).toSorted((a, b) => a - b)).toEqual(list.map((_, i) => i));
        for (const [, of] of groups) expect(of.length).toBeLessThanOrEqual(maxJobs);
      }),
      { numRuns: 30 },
    );
  });

  it('takes all of one turn of the event loop, and then all that came meanwhile, as a group', async () => {
    const { group, groups } = commit();
    const first = [1, 2, 3].map((job) => group.submit('a', job));
    await new Promise(setImmediate);
    const second = [4, 5].map((job) => group.submit('a', job));
    await Promise.all([...first, ...second]);
    expect(groups).toEqual([
      ['a', [1, 2, 3]],
      ['a', [4, 5]],
    ]);
  });

  it('begins the next group before it answers the one before', async () => {
    const told: number[] = [];
    const toldUntilSent: number[][] = [];
    const { group } = commit({
      run: async (_, jobs) => {
        for (let i = 0; i < 50; i++) await Promise.resolve(); // as a driver does before it writes to its socket
        toldUntilSent.push([...told]);
        await sleep(1);
        return jobs.map(String);
      },
    });
    const first = group.submit('a', 1).then(() => told.push(1));
    await new Promise(setImmediate);
    await Promise.all([first, group.submit('a', 2)]);
    expect(toldUntilSent).toEqual([[], []]);
    expect(told).toEqual([1]);
  });

  it('rejects all of a group that failed, and continues', async () => {
    let isFailing = true;
    const { group } = commit({
      run: async (_, jobs) => {
        if (isFailing) throw new RangeError('no');
        return jobs.map(String);
      },
    });
    const failed = await Promise.allSettled([group.submit('a', 1), group.submit('a', 2)]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isFailing = false;
    expect(await group.submit('a', 3)).toBe('3');
  });

  it('tries each by itself when one may be at fault', async () => {
    const { group } = commit({
      isSingleJobFault: (error) => error instanceof RangeError,
      run: async (_, jobs) => {
        if (jobs.includes(2)) throw new RangeError('two');
        return jobs.map(String);
      },
    });
    const results = await Promise.allSettled([1, 2, 3].map((job) => group.submit('a', job)));
    expect(results.map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as Error).message))).toEqual([
      '1',
      'two',
      '3',
    ]);
  });

  it('answers each at once when they are tried one by one', async () => {
    const told: number[] = [];
    const toldMeanwhile: number[][] = [];
    const { group } = commit({
      isSingleJobFault: () => true,
      run: async (_, jobs) => {
        await sleep(1);
        toldMeanwhile.push([...told]);
        if (jobs.length > 1) throw new RangeError('together');
        return jobs.map(String);
      },
    });
    await Promise.all([1, 2, 3].map((job) => group.submit('a', job).then(() => told.push(job))));
    expect(toldMeanwhile).toEqual([[], [], [1], [1, 2]]);
  });

  it('answers every caller in the end', async () => {
    const { group } = commit({ patienceMs: 20, run: async (_, jobs) => sleep(60, jobs.map(String)) });
    const first = group.submit('a', 1);
    await new Promise(setImmediate);
    const second = expect(group.submit('a', 2)).rejects.toThrow(Late);
    expect(await first).toBe('1');
    await second;
    expect(await group.submit('a', 3)).toBe('3');
  });
});
