import { Big } from 'big.js';

/** An exact amount: a decimal string and an ISO 4217 code. Never a float. */
export interface Money {
  amount: string;
  currency: string;
}

const MAX_DIGITS = 15;

/**
 * Reads a decimal the way networks write it: `50`, `50.00`, `50,00`, `1,234.56`, `1.234,56`, `-12.5`. The last of two kinds of
 * separator is the decimal one; one that is repeated is a thousands mark (`1,234,567`); a lone one is decimal.
 * @returns the plain decimal string, or `undefined` for what is no amount.
 */
export function parseAmount(text: string): string | undefined {
  const match = /^([+-]?)([\d.,]+)$/.exec(text.trim());
  if (!match) return undefined;
  const [, sign, digits] = match as unknown as [string, string, string];
  const plain = normaliseSeparators(digits);
  if (plain === undefined) return undefined;
  if (plain.replace('.', '').length > MAX_DIGITS) return undefined;
  const value = new Big(plain);
  return (sign === '-' ? value.neg() : value).toFixed();
}

function normaliseSeparators(digits: string): string | undefined {
  const lastDot = digits.lastIndexOf('.');
  const lastComma = digits.lastIndexOf(',');
  if (lastDot < 0 && lastComma < 0) return digits;
  if (lastDot >= 0 && lastComma >= 0) {
    const [decimal, thousands] = lastDot > lastComma ? (['.', ','] as const) : ([',', '.'] as const);
    return withThousands(digits, decimal, thousands);
  }
  const mark = lastDot >= 0 ? '.' : ',';
  const repeated = digits.indexOf(mark) !== digits.lastIndexOf(mark);
  const other = mark === '.' ? ',' : '.';
  return repeated ? withThousands(digits, other, mark) : withThousands(digits, mark, other);
}

function withThousands(digits: string, decimal: string, thousands: string): string | undefined {
  const parts = digits.split(decimal);
  if (parts.length > 2) return undefined;
  const [whole = '', fraction] = parts;
  const groups = whole.split(thousands);
  const grouped = groups.length === 1 || groups.every((group, i) => (i === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(group));
  if (!grouped) return undefined;
  const joined = groups.join('');
  if (joined === '' && !fraction) return undefined;
  if (fraction !== undefined && !/^\d*$/.test(fraction)) return undefined;
  return fraction ? `${joined || '0'}.${fraction}` : joined || '0';
}

/** `"50"` → `"50.00"`: at least two decimals, more where the amount has them. */
export function formatAmount(amount: string): string {
  const value = new Big(amount);
  const decimals = (value.toFixed().split('.')[1] ?? '').length;
  return value.toFixed(Math.max(2, decimals));
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
