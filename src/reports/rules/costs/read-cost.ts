import type { FieldProblem } from '../../../platform/http/problems/problem.js';
import { isCurrencyCode } from '../../../platform/money/currency-names.js';
import type { Money } from '../../../platform/money/money.js';
import { dayInZone, isTimezone, suggestTimezone } from '../../../platform/time/time-zone.js';
import { isDay } from '../../../rates/rules/rate-values.js';
import { COST_DIMENSIONS, type CostDimension } from '../facts.js';

/** The values that a click must have to get a part of a cost. */
export type CostValues = { [D in CostDimension]?: string };

/** A cost of a day as it is given in a request or a file. */
export interface GivenCost {
  /** Its place, for problems: `costs.3`, `line 4`. */
  path: string;
  /** `2026-11-20`, in `timezone`. */
  day: string;
  timezone: string;
  by: CostValues;
  money: Money;
}

/** The values of costs that do not name their own. */
export interface CostDefaults {
  timezone: string;
  currency: string;
  /** Milliseconds since 1970. */
  now: number;
}

export type CostReading = { ok: true; cost: GivenCost } | { ok: false; problems: FieldProblem[] };

/** The names of a cost's fields, which are also the columns of a file. */
export const COST_FIELDS = ['day', 'timezone', ...COST_DIMENSIONS, 'amount', 'currency'] as const;
type CostField = (typeof COST_FIELDS)[number];

const MAX_VALUE_CHARS = 500;
/** As amounts of link costs; a share of more than a billion is a mistake. */
const AMOUNT = /^\d{1,9}(?:\.\d{1,6})?$/;
/** A day begins at most 14 hours before it begins in UTC. */
const DAY_MS = 86_400_000;

/** Reads one cost. Texts are trimmed; empty ones, as in the cells of a file, are absent. */
export function readCost(given: unknown, path: string, defaults: CostDefaults): CostReading {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    const message = 'an object with day and amount is expected';
    return { ok: false, problems: [{ path, code: 'nested_validation', message }] };
  }
  const problems: FieldProblem[] = Object.keys(given)
    .filter((name) => !COST_FIELDS.some((field) => field === name))
    .map((name) => ({ path: `${path}.${name}`, code: 'unknown_field', message: 'there is no such field' }));
  const texts: { [F in CostField]?: string } = {};
  for (const field of COST_FIELDS) {
    const value = (given as Record<string, unknown>)[field];
    if (value === undefined || value === null) continue;
    if (typeof value !== 'string') problems.push(problemOf(path, field, 'is_text', 'a text is expected'));
    else if (value.trim() !== '') texts[field] = value.trim();
  }
  if (problems.length > 0) return { ok: false, problems };
  return readTexts(texts, path, defaults);
}

function readTexts(texts: { [F in CostField]?: string }, path: string, defaults: CostDefaults): CostReading {
  const { day, amount, timezone = defaults.timezone, currency = defaults.currency } = texts;
  const problems = [
    ...dayProblems(day, timezone, path, defaults),
    ...(amount === undefined || !AMOUNT.test(amount)
      ? [problemOf(path, 'amount', 'amount', 'a decimal text is expected, such as "125.50", with at most six decimals')]
      : []),
    ...(isCurrencyCode(currency) && currency === currency.toUpperCase()
      ? []
      : [problemOf(path, 'currency', 'currency', "a currency's code in capitals is expected, such as EUR")]),
  ];
  const by: CostValues = {};
  for (const dimension of COST_DIMENSIONS) {
    const value = texts[dimension];
    if (value === undefined) continue;
    if (value.length > MAX_VALUE_CHARS) {
      problems.push(problemOf(path, dimension, 'max_length', `at most ${MAX_VALUE_CHARS} characters are expected`));
    }
    by[dimension] = value;
  }
  if (problems.length > 0 || day === undefined || amount === undefined) return { ok: false, problems };
  return { ok: true, cost: { path, day, timezone, by, money: { amount, currency } } };
}

function dayProblems(day: string | undefined, timezone: string, path: string, { now }: CostDefaults): FieldProblem[] {
  if (!isTimezone(timezone)) {
    const meant = suggestTimezone(timezone);
    const hint = meant === undefined ? 'such as Europe/Berlin' : `did you mean ${meant}?`;
    return [problemOf(path, 'timezone', 'timezone', `an IANA time zone is expected, ${hint}`)];
  }
  if (!isDay(day)) return [problemOf(path, 'day', 'is_day', 'a date such as 2026-11-20 is expected')];
  if (day > dayInZone(now + DAY_MS, timezone)) {
    return [problemOf(path, 'day', 'future_day', `${day} has not begun; costs are of days with clicks`)];
  }
  return [];
}

function problemOf(path: string, field: CostField, code: string, message: string): FieldProblem {
  return { path: `${path}.${field}`, code, message };
}

/** The identity of a cost: another one with the same key replaces it. */
export function costKey({ day, timezone, by }: Pick<GivenCost, 'day' | 'timezone' | 'by'>): string {
  const values = COST_DIMENSIONS.flatMap((dimension) => {
    const value = by[dimension];
    return value === undefined ? [] : [`${dimension}=${value}`];
  });
  return JSON.stringify([day, timezone, ...values]);
}
