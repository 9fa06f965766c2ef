import { convertMoney, type RateTable } from '../../platform/money/convert-money.js';
import type { Money } from '../../platform/money/money.js';

/** What the tables' rates are for one unit of. */
export const BASE_CURRENCY = 'EUR';
/** A day without rates (weekend, holiday) takes those of a day before it, but of none longer ago than this. */
export const MAX_RATE_AGE_DAYS = 7;

/** One day's rates: units of each currency for 1 EUR. */
export interface RateDay {
  /** `2026-11-20`, in UTC. */
  day: string;
  rates: RateTable;
}

/** Whether a rate is one that the workspace has loaded, or of the sample that comes with Hopback. */
export type RateSource = 'own' | 'sample';

/** The tables that count for a day: its own and those of the days before it, newest first, all of one source. */
export interface RateWindow {
  source: RateSource;
  days: readonly RateDay[];
}

/** An amount in the workspace's currency, or why there is none. Revenue in its own currency needs no rate: `none`. */
export type Revenue =
  { ok: true; revenue: Money; rateDay: string; source: RateSource | 'none' } | { ok: false; reason: 'rate_missing' };

export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** The first day whose rates may still count for `day`. */
export function windowStart(day: string): string {
  const start = new Date(`${day}T00:00:00Z`);
  start.setUTCDate(start.getUTCDate() - MAX_RATE_AGE_DAYS);
  return dayOf(start);
}

/** Those of the tables that count for `day`, newest first. */
export function countingFor(day: string, tables: readonly RateDay[]): RateDay[] {
  const start = windowStart(day);
  return tables.filter((table) => table.day >= start && table.day <= day).sort((a, b) => (a.day < b.day ? 1 : -1));
}

/**
 * The amount in another currency by the newest table that has both. The two rates are always of one day and one source.
 * @param day of the event.
 */
export function revenueBy(window: RateWindow, money: Money, currency: string, day: string): Revenue {
  if (money.currency === currency) return { ok: true, revenue: { ...money }, rateDay: day, source: 'none' };
  for (const table of window.days) {
    const revenue = convertMoney(money, currency, table.rates, BASE_CURRENCY);
    if (revenue) return { ok: true, revenue, rateDay: table.day, source: window.source };
  }
  return { ok: false, reason: 'rate_missing' };
}

export interface DatedRate {
  currency: string;
  rate: string;
  day: string;
}

/** The newest rate of each currency, by code. */
export function newestRates(window: RateWindow): DatedRate[] {
  const found = new Map<string, DatedRate>();
  for (const { day, rates } of window.days) {
    for (const [currency, rate] of Object.entries(rates)) {
      if (!found.has(currency)) found.set(currency, { currency, rate, day });
    }
  }
  return [...found.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
