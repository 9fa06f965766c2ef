import { appendFileSync } from 'node:fs';

/** A figure of `npm run test:security`. */
export interface Figure {
  /** Which part of the security tests it belongs to. */
  name: string;
  /** What was tried. */
  what: string;
  tried: number;
  /** Of these, how many were not as they must be. */
  bad: number;
}

/** Notes a figure for the table that `npm run test:security` prints at its end. */
export function report(figure: Figure): void {
  const file = process.env['HOPBACK_SECURITY_REPORT'];
  if (file) appendFileSync(file, `${JSON.stringify(figure)}\n`);
}
