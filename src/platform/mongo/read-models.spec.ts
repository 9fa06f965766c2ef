import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Methods of mongoose and of the driver that write, and stages of a pipeline that do. */
const WRITES =
  /\.(?:(?:update|insert|delete|replace)(?:One|Many)|findOneAnd\w+|findByIdAnd\w+|create\w*|save|bulk(?:Write|Save)|drop\w*|rename|ensureIndexes|syncIndexes)\(|\$(?:merge|out)\b/;

const ROOT = 'src';

function readModels(): string[] {
  const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.read-model.ts')).map((file) => join(ROOT, file));
}

describe('read-models', () => {
  it.each([
    'await this.model.updateOne({ _id }, changes)',
    'this.model.collection.dropIndex(name)',
    'const taken = await this.model\n      .findOneAndUpdate(filter, update)',
    'this.states.create([state])',
    "this.model.aggregate([{ $merge: 'links' }])",
    'this.model.collection.bulkWrite(operations)',
  ])('write by: %s', (code) => {
    expect(code).toMatch(WRITES);
  });

  it('are there, and only read: what claims, leases or writes is a repository', () => {
    const files = readModels();
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) expect(readFileSync(file, 'utf8'), file).not.toMatch(WRITES);
  });
});
