import { MAX_PROBLEMS } from '../../platform/http/validation/inspect-body.js';
import type { FieldProblem } from '../../platform/http/problems/problem.js';
import { DAY_MESSAGE, isDay, isRate, isRatedCurrency } from './rate-values.js';

/** A rate in a request. */
export interface SentRate {
  date: string;
  currency: string;
  rate: string;
}

const STEP = 1_000;

const FIELDS: Record<keyof SentRate, { code: string; isGood: (text: string) => boolean; message: string }> = {
  date: {
    code: 'is_day',
    isGood: isDay,
    message: DAY_MESSAGE,
  },
  currency: {
    code: 'currency',
    isGood: isRatedCurrency,
    message: 'a code of 2 to 10 capitals other than EUR is expected, such as USD',
  },
  rate: { code: 'is_rate', isGood: isRate, message: 'a positive decimal as text is expected, such as "1.0824"' },
};
const NAMES = Object.keys(FIELDS) as (keyof SentRate)[];

/**
 * Checks each field of the rates in a body. A body may have ten thousand rates, for which class-validator would block the
 * event loop for a third of a second. Yields after each thousand.
 */
export function* findRateProblems(rates: readonly unknown[]): Generator<void, FieldProblem[]> {
  const problems: FieldProblem[] = [];
  for (let i = 0; i < rates.length && problems.length < MAX_PROBLEMS; i++) {
    problems.push(...checkRate(rates[i], `rates.${i}`));
    if (i % STEP === STEP - 1) yield;
  }
  return problems;
}

function checkRate(rate: unknown, path: string): FieldProblem[] {
  if (typeof rate !== 'object' || rate === null || Array.isArray(rate)) {
    return [{ path, code: 'nested_validation', message: 'an object with date, currency and rate is expected' }];
  }
  const unknown = Object.keys(rate)
    .filter((name) => !(name in FIELDS))
    .map((name) => ({ path: `${path}.${name}`, code: 'unknown_field', message: 'there is no such field' }));
  const wrong = NAMES.filter((name) => {
    const value = (rate as Record<string, unknown>)[name];
    return typeof value !== 'string' || !FIELDS[name].isGood(value);
  }).map((name) => ({ path: `${path}.${name}`, code: FIELDS[name].code, message: FIELDS[name].message }));
  return [...unknown, ...wrong];
}
