import { expect, it } from 'vitest';
import { changedFields } from './history-changes';

it('describes changes as short texts', () => {
  const before = { paused: false, tags: ['a'], title: null, url: 'https://same.example' };
  const after = { paused: true, tags: ['a', 'b'], title: 'x'.repeat(200), url: 'https://same.example' };
  expect(changedFields(before, after)).toEqual([
    { field: 'paused', from: 'false', to: 'true' },
    { field: 'tags', from: 'a', to: 'a, b' },
    { field: 'title', from: 'empty', to: `${'x'.repeat(120)}…` },
  ]);
});
