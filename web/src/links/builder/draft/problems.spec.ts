import { describe, expect, it } from 'vitest';
import { findProblems, rowsWith, visibleProblems } from './problems';

const problem = (path: string, message = `${path} is wrong`): { path: string; code: string; message: string } => ({
  path,
  code: 'wrong',
  message,
});

describe('problems while a person types', () => {
  const fields = {
    url: '',
    title: 'x'.repeat(201),
    rules: [
      { when: [{ field: 'country', op: 'in', values: [] }], url: null, variants: null },
      { when: [{ field: 'country', op: 'in', values: ['UK'] }], url: 'https://shop.example/', variants: null },
    ],
  };

  it('are those of fields with content; empty ones are still to be filled in', () => {
    const all = ['url', 'title', 'rules.0.when.0.values', 'rules.0.when', 'rules.1.when', 'rules.1.when.0.values'];
    const shown = visibleProblems(
      all.map((path) => problem(path)),
      fields,
    );
    expect(shown.map(({ path }) => path)).toEqual(['title', 'rules.1.when', 'rules.1.when.0.values']);
  });

  it('stand at their field, and count for the rows above it', () => {
    const found = findProblems([problem('rules.0.when.1.values', 'values must contain at least 1 elements')]);
    expect(found.problemAt('rules.0.when')).toBeUndefined();
    expect(found.problemsIn('rules.0.when.1')).toBe('This must contain at least 1 elements.');
    expect(found.problemsIn('rules.0.when.10')).toBeUndefined();
    expect(found.countIn(['rules', 'variants'])).toBe(1);
  });

  it('unfold the rows of their fields', () => {
    expect(rowsWith([problem('rules.0.url'), problem('cost.amount'), problem('url')])).toEqual(['rules', 'details']);
  });
});
