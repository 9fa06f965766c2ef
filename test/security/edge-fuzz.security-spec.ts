import { expect, it } from 'vitest';
import { report } from '../support/security-report.js';
import { EdgeFuzz } from './edge-fuzz.js';

const CASES = 20_000;
/** Further cases are other texts: the long edition cuts each text everywhere. */
const CUTS_PER_TEXT = 20;

it('S33 the edge reads mutated requests as Node does, wherever they are cut', async () => {
  const fuzz = new EdgeFuzz(Number(process.env['EDGE_FUZZ_SEED'] ?? 1));
  await fuzz.run(CASES, CUTS_PER_TEXT);
  report({ name: 'edge', what: 'mutated requests, cut', tried: fuzz.cases, bad: fuzz.differences.length });
  expect(fuzz.differences).toEqual([]);
  expect(fuzz.cases).toBeGreaterThanOrEqual(CASES);
  expect(fuzz.requests).toBeGreaterThan(fuzz.cases);
});
