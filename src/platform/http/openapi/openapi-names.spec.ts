import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('no two classes of the OpenAPI document have the same name: one would describe both', () => {
  const root = join(import.meta.dirname, '..', '..', '..');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /(?<!\.spec)\.ts$/.test(path),
  );
  const names = files.flatMap((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return [...text.matchAll(/^export class (\w+(?:Request|Response|Query|Answer|Filter))\b/gm)].map(
      ([, name]) => name,
    );
  });
  expect(names.length).toBeGreaterThan(50);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
