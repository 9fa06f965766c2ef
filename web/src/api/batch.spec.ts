import { expect, it } from 'vitest';
import { createBatch } from './batch';

it('asks once for all ids of a moment, each once, and tells each caller its own value', async () => {
  const asked: string[][] = [];
  const find = createBatch(async (ids) => {
    asked.push(ids);
    return new Map(ids.filter((id) => id !== 'gone').map((id) => [id, id.toUpperCase()]));
  }, 100);
  expect(await Promise.all(['a', 'b', 'a', 'gone'].map(find))).toEqual(['A', 'B', 'A', undefined]);
  expect(asked).toEqual([['a', 'b', 'gone']]);
  expect(await find('c')).toBe('C');
  expect(asked).toHaveLength(2);
});

it('asks for no more than it may at once', async () => {
  const sizes: number[] = [];
  const find = createBatch(async (ids) => {
    sizes.push(ids.length);
    return new Map(ids.map((id) => [id, id]));
  }, 3);
  const ids = Array.from({ length: 7 }, (_, i) => String(i));
  expect(await Promise.all(ids.map(find))).toEqual(ids);
  expect(sizes).toEqual([3, 3, 1]);
});

it('tells every caller of a failure, and works again afterwards', async () => {
  let isDown = true;
  const find = createBatch(async (ids) => {
    if (isDown) throw new Error('down');
    return new Map(ids.map((id) => [id, 1]));
  }, 100);
  const results = await Promise.allSettled(['a', 'b'].map(find));
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  isDown = false;
  expect(await find('a')).toBe(1);
});
