import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const rows = readFileSync('docs/features.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\| (?:feature|-)/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, feature = '', answer = '', test = '']) => ({ feature, answer, test }));

describe('docs/features.md', () => {
  it('names a test for every yes, and each of them is there', () => {
    expect(rows.length).toBeGreaterThan(40);
    for (const { feature, answer, test } of rows) {
      if (answer.startsWith('yes')) expect(test, feature).toMatch(/^`|^the same$/);
      for (const [, path = ''] of test.matchAll(/`((?:test|src)\/[^`]+)`/g)) {
        expect(existsSync(path), `${feature}: ${path}`).toBe(true);
      }
    }
  });
});
