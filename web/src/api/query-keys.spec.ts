import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const SOURCES = fileURLToPath(new URL('..', import.meta.url));
/** A query with its key as it is written. The same key elsewhere would share its answer, whatever its shape. */
const QUERY = /queryKey: (\[[^\]]*\])[^,\n]*,\s*(?:\w+: [^\n]*\n\s*)*?queryFn/g;

it('two files never use the same query key for queries of their own', () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
  const places = new Map<string, Set<string>>();
  for (const file of files) {
    for (const [, key = ''] of readFileSync(join(SOURCES, file), 'utf8').matchAll(QUERY)) {
      places.set(key, new Set([...(places.get(key) ?? []), file]));
    }
  }
  expect(places.size).toBeGreaterThan(40);
  expect(
    [...places].filter(([, where]) => where.size > 1).map(([key, where]) => `${key}: ${[...where].join(', ')}`),
  ).toEqual([]);
});
