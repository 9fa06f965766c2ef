import { expect, it } from 'vitest';
import { maxConnectionsFor, openFilesLimit } from './open-files.js';

const LIMITS = `Limit                     Soft Limit           Hard Limit           Units
Max processes             127521               127521               processes
Max open files            1024                 524288               files
`;

it.each([
  [LIMITS, 1024],
  [LIMITS.replace('1024', 'unlimited'), undefined],
  ['', undefined],
])('S9 reads how many files may be open: %j', (text, limit) => {
  expect(openFilesLimit(() => text)).toBe(limit);
});

it('S9 does without a limit where there is no such file', () => {
  const read = (): string => {
    throw new Error('ENOENT');
  };
  expect(openFilesLimit(read)).toBeUndefined();
});

it.each([
  [undefined, 50_000],
  [64, 64],
  [256, 128],
  [1024, 768],
  [20_000, 15_000],
  [1_048_576, 50_000],
])('S9 of %s open files, %s may be connections', (files, connections) => {
  expect(maxConnectionsFor(files)).toBe(connections);
});
