import { Big } from 'big.js';

/** An exact amount: a decimal string and an ISO 4217 code. Never a float. */
export interface Money {
  amount: string;
  currency: string;
}

const MAX_DIGITS = 15;

const MAX_TEXT = 64;
/** What a person or a spreadsheet puts between thousands: spaces (no-break ones too) and apostrophes. */
const GROUP_MARKS = /[ \u00a0\u2009\u202f'\u2019]/;

/** An amount as it stands in a text, with the currency when the text names one by its code. */
export interface MoneyText {
  amount: string;
  /** ISO 4217; absent when there is no code. A sign such as `$` is no code: a dozen currencies share it. */
  currency?: string;
}

/**
 * Reads a decimal the way networks and people write it: `50`, `50.00`, `50,00`, `1,234.56`, `1.234,56`, `1 234,56`,
 * `1'234.56`, `+5`, `-12.5`, `(5.00)` for minus five; a currency sign or code before or after it is passed over. The last of two
 * kinds of separator is the decimal one; one that is repeated is a thousands mark (`1,234,567`); a lone dot or comma is decimal,
 * so `1,234` is 1.234. A space or an apostrophe is never decimal.
 * @returns the plain decimal string, or `undefined` for what is no amount.
 */
export function parseAmount(text: string): string | undefined {
  return parseMoneyText(text)?.amount;
}

/** Like `parseAmount`, and tells the currency too when its code stands beside the amount: `50 EUR`, `EUR50`. */
export function parseMoneyText(text: string): MoneyText | undefined {
  const trimmed = text.trim();
  if (trimmed.length > MAX_TEXT) return undefined;
  const accounting = /^\((.*)\)$/s.exec(trimmed)?.[1];
  const parts = splitMarks((accounting ?? trimmed).trim());
  if (!parts || (accounting !== undefined && parts.sign !== '')) return undefined;
  const plain = normaliseSeparators(parts.digits);
  if (plain === undefined || plain.replace('.', '').length > MAX_DIGITS) return undefined;
  const value = new Big(plain);
  const amount = (parts.sign === '-' || accounting !== undefined ? value.neg() : value).toFixed();
  // Minus nothing is nothing.
  return { amount: amount === '-0' ? '0' : amount, ...(parts.currency !== undefined && { currency: parts.currency }) };
}

interface MarkedAmount {
  sign: '' | '-';
  digits: string;
  currency: string | undefined;
}

/** Parts a text into currency, sign and digits. The sign stands on either side of the currency: `-€5`, `€-5`. */
function splitMarks(text: string): MarkedAmount | undefined {
  const match = /^([+\-−]?)([^\d.,+\-−]*)([+\-−]?)([\d.,][^A-Za-z\p{Sc}]*)(.*)$/su.exec(text);
  if (!match) return undefined;
  const [, outer, before, inner, digits, after] = match as unknown as [string, string, string, string, string, string];
  if (outer !== '' && inner !== '') return undefined;
  const marks = [before.trim(), after.trim()].filter((mark) => mark !== '').map(readMark);
  const currencies = marks.flatMap((mark) => mark?.currency ?? []);
  if (marks.includes(undefined) || currencies.length > 1) return undefined;
  const sign = outer + inner;
  return { sign: sign === '' || sign === '+' ? '' : '-', digits: digits.trim(), currency: currencies[0] };
}

/** A currency's sign (`€`, `US$`), which says nothing for certain, or its code. */
function readMark(mark: string): { currency?: string } | undefined {
  if (/^[A-Za-z]{0,3}\p{Sc}$/u.test(mark)) return {};
  const currency = parseCurrency(mark);
  return currency === undefined ? undefined : { currency };
}

function normaliseSeparators(digits: string): string | undefined {
  const group = GROUP_MARKS.exec(digits)?.[0];
  if (!/^[\d.,]+$/.test(digits) && group === undefined) return undefined;
  const lastDot = digits.lastIndexOf('.');
  const lastComma = digits.lastIndexOf(',');
  if (group !== undefined) return withThousands(digits, lastDot > lastComma ? '.' : ',', group);
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
  if (!/^\d*$/.test(joined)) return undefined;
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
