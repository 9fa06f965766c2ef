import { expect, it } from 'vitest';
import { batchCalls } from './batch-calls.js';

it('calls of one turn become one, in order, and each gets its own answer', async () => {
  const batches: number[][] = [];
  const double = batchCalls<number, number>(async (items) => {
    batches.push([...items]);
    return items.map((item) => item * 2);
  }, 4);
  expect(await Promise.all([1, 2, 3, 4, 5, 6].map(double))).toEqual([2, 4, 6, 8, 10, 12]);
  expect(await double(7)).toBe(14);
  expect(batches).toEqual([[1, 2, 3, 4], [5, 6], [7]]);
});

it('a batch that fails, fails for all of its items, and not for the next', async () => {
  let fails = true;
  const call = batchCalls<number, number>(async (items) => {
    if (fails) throw new Error('away');
    return items;
  }, 10);
  const results = await Promise.allSettled([call(1), call(2)]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  fails = false;
  expect(await call(3)).toBe(3);
});
