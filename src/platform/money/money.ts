import { Big } from 'big.js';

/** An exact amount: a decimal string and an ISO 4217 code. Never a float. */
export interface Money {
  amount: string;
  currency: string;
}

/** `"50"` → `"50.00"`: at least two decimals, more where the amount has them. */
export function formatAmount(amount: string): string {
  const value = new Big(amount);
  const decimals = (value.toFixed().split('.')[1] ?? '').length;
  return value.toFixed(Math.max(2, decimals));
}

/** Money as answers show it; see `formatAmount`. */
export function formatMoney(money: Money): Money;
export function formatMoney(money: Money | null | undefined): Money | null;
export function formatMoney(money: Money | null | undefined): Money | null {
  return money ? { amount: formatAmount(money.amount), currency: money.currency } : null;
}

/** A decimal without superfluous zeros: `"050.10"` → `"50.1"`. */
export function plainAmount(amount: string): string {
  return new Big(amount).toFixed();
}

export function isNegative(amount: string): boolean {
  return new Big(amount).lt(0);
}

/** -1, 0 or 1, by value: `1.0` equals `1`. */
export function compareAmounts(a: string, b: string): -1 | 0 | 1 {
  return new Big(a).cmp(b);
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

/** `eur` → `EUR`; `undefined` when it is not an ISO 4217 code that the runtime's currency list knows. */
export function parseCurrency(text: string): string | undefined {
  const code = text.trim().toUpperCase();
  return CURRENCIES.has(code) ? code : undefined;
}
