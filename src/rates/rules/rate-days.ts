import { convertMoney, type RateTable } from '../../platform/money/convert-money.js';
import type { Money } from '../../platform/money/money.js';

/** All rates are units of a currency for one unit of this one. */
export const BASE_CURRENCY = 'EUR';
/** A day without rates (weekend, holiday) uses those of an earlier day, at most this many days before. */
export const MAX_RATE_AGE_DAYS = 7;

/** One day's rates: units of each currency for 1 EUR. */
export interface RateDay {
  /** `2026-11-20`, in UTC. */
  day: string;
  rates: RateTable;
}

/** `own`: loaded by the workspace. `sample`: the sample rates of Hopback. */
export type RateSource = 'own' | 'sample';

/** The rates that apply on a day: its own and those of the days before it, newest first, all from one source. */
export interface RateWindow {
  source: RateSource;
  days: readonly RateDay[];
}

/** An amount in the workspace's currency, or why there is none. `none`: the money was in that currency already. */
export type Revenue =
  { ok: true; revenue: Money; rateDay: string; source: RateSource | 'none' } | { ok: false; reason: 'rate_missing' };

/** The day in UTC, as `2026-11-20`. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** The earliest day whose rates may apply on `day`. */
export function windowStart(day: string): string {
  const start = new Date(`${day}T00:00:00Z`);
  start.setUTCDate(start.getUTCDate() - MAX_RATE_AGE_DAYS);
  return dayOf(start);
}

/** The tables that apply on `day`, newest first. */
export function countingFor(day: string, tables: readonly RateDay[]): RateDay[] {
  const start = windowStart(day);
  return tables.filter((table) => table.day >= start && table.day <= day).sort((a, b) => (a.day < b.day ? 1 : -1));
}

/**
 * Converts an amount with the newest table that has both currencies. Both rates are always of one day and one source.
 * @param day of the event.
 * @param decimals of the result; by default those of `convertMoney`.
 */
export function revenueBy(window: RateWindow, money: Money, currency: string, day: string, decimals?: number): Revenue {
  if (money.currency === currency) return { ok: true, revenue: { ...money }, rateDay: day, source: 'none' };
  for (const table of window.days) {
    const revenue = convertMoney(money, currency, table.rates, BASE_CURRENCY, decimals);
    if (revenue) return { ok: true, revenue, rateDay: table.day, source: window.source };
  }
  return { ok: false, reason: 'rate_missing' };
}

/** A rate and its day. */
export interface DatedRate {
  currency: string;
  rate: string;
  day: string;
}

/** The newest rate of each currency, sorted by code. */
export function newestRates(window: RateWindow): DatedRate[] {
  const found = new Map<string, DatedRate>();
  for (const { day, rates } of window.days) {
    for (const [currency, rate] of Object.entries(rates)) {
      if (!found.has(currency)) found.set(currency, { currency, rate, day });
    }
  }
  return [...found.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
