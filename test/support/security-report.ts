import { appendFileSync } from 'node:fs';

/** A figure of `npm run test:security`. */
export interface Figure {
  /** Which part of the security tests it belongs to. */
  name: string;
  /** The attempted attack. */
  what: string;
  tried: number;
  /** Of these, how many were not as they must be. */
  bad: number;
}

/** Notes a figure for the table that `npm run test:security` prints at its end. */
export function report(figure: Figure): void {
  const file = process.env['SECURITY_TESTS_REPORT'];
  if (file) appendFileSync(file, `${JSON.stringify(figure)}\n`);
}

/** The cost of a request, for the table of the budget. */
export interface CostFigure {
  route: string;
  /** The part of the request that was large. */
  what: string;
  status: number;
  /** Milliseconds of the main thread in all, and the longest that it was kept for; megabytes of memory at the peak. */
  totalMs: number;
  stretchMs: number;
  memoryMb: number;
}

/** Notes a cost for the table of the budget that `npm run test:security` prints. */
export function reportCost(figure: CostFigure): void {
  const file = process.env['SECURITY_TESTS_REPORT'];
  if (file) appendFileSync(file, `${JSON.stringify({ budget: figure })}\n`);
}
