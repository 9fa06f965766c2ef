import { describe, expect, it } from 'vitest';
import { ProblemException } from '../http/problems/problem.js';
import { ConcurrencyLimit } from './concurrency-limit.js';

async function* endless(): AsyncGenerator<number> {
  for (let i = 0; ; i++) yield i;
}

describe('ConcurrencyLimit', () => {
  it('refuses what is too much of one workspace, and lets others go on', async () => {
    const limit = new ConcurrencyLimit(2, 'tests');
    let resolve: (value: string) => void = () => undefined;
    const promise = new Promise<string>((done) => (resolve = done));
    const running = [limit.run('a', () => promise), limit.run('a', () => promise)];
    await expect(limit.run('a', () => promise)).rejects.toThrow(ProblemException);
    expect(await limit.run('b', () => Promise.resolve('b'))).toBe('b');
    resolve('done');
    expect(await Promise.all(running)).toEqual(['done', 'done']);
    expect(await limit.run('a', () => Promise.resolve('a'))).toBe('a');
  });

  it('has room again after a failure, and after rows that were not read to their end', async () => {
    const limit = new ConcurrencyLimit(1, 'exports');
    await expect(limit.run('a', () => Promise.reject(new Error('x')))).rejects.toThrow('x');
    for (let i = 0; i < 3; i++) {
      const rows = limit.rows('a', endless());
      await rows.next();
      await expect(limit.rows('a', endless()).next()).rejects.toThrow(/has 1 exports under way/);
      await rows.return(undefined);
    }
  });
});
