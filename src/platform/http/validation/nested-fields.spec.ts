import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const SOURCE = join(import.meta.dirname, '../../..');

it('fields with objects say so: ValidateNested alone takes a list for an object', () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.dto.ts'));
  const fields = files.flatMap((path) => readFileSync(join(SOURCE, path), 'utf8').split(/;\n/));
  const nested = fields.filter((field) => field.includes('@ValidateNested()'));
  expect(nested.length).toBeGreaterThan(20);
  expect(nested.filter((field) => !field.includes('@IsObject()'))).toEqual([]);
});
