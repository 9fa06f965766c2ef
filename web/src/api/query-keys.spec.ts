import { expect, it } from 'vitest';

const SOURCES = import.meta.glob<string>('../**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true });
/** A query with its key as it is written. The same key elsewhere would share its answer, whatever its shape. */
const QUERY = /queryKey: (\[[^\]]*\])[^,\n]*,\s*(?:\w+: [^\n]*\n\s*)*?queryFn/g;

it('two files never use the same query key for queries of their own', () => {
  const places = new Map<string, Set<string>>();
  for (const [file, text] of Object.entries(SOURCES)) {
    for (const [, key = ''] of text.matchAll(QUERY)) {
      places.set(key, new Set([...(places.get(key) ?? []), file]));
    }
  }
  expect(places.size).toBeGreaterThan(40);
  expect(
    [...places].filter(([, where]) => where.size > 1).map(([key, where]) => `${key}: ${[...where].join(', ')}`),
  ).toEqual([]);
});
