import { expect, it } from 'vitest';
import { report } from '../support/security-report.js';
import { EdgeFuzz } from './edge-fuzz.js';

const CASES_PER_EDITION = 500_000;

it.each([
  ['at every place', Number.POSITIVE_INFINITY],
  ['at ten places, of many more texts', 10],
])('S33 the edge reads mutated requests as Node does, cut %s', async (_, cutsPerText) => {
  const seed = Number(process.env['EDGE_FUZZ_SEED'] ?? Date.now() % 1_000_000);
  const fuzz = new EdgeFuzz(seed);
  await fuzz.run(CASES_PER_EDITION, cutsPerText);
  report({ name: 'edge', what: 'mutated requests, cut', tried: fuzz.cases, bad: fuzz.differences.length });
  expect(fuzz.differences, `EDGE_FUZZ_SEED=${seed}`).toEqual([]);
  expect(fuzz.cases).toBeGreaterThanOrEqual(CASES_PER_EDITION);
  expect(fuzz.requests).toBeGreaterThan(fuzz.cases);
});
