/** Money as the API sends it: a decimal string and an ISO 4217 code. */
export interface MoneyValue {
  amount: string;
  currency: string;
}

/**
 * A decimal string with separators, two decimals at least, and a real minus: `-1240.5` → `−1,240.50`. The digits are those
 * of the API; nothing is computed with floating point.
 */
export function formatAmount(amount: string, { hasSign = false } = {}): string {
  const isNegative = amount.startsWith('-');
  const [whole = '0', fraction = ''] = amount.replace(/^[+-]/, '').split('.');
  const grouped = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
  const isZero = /^0*$/.test(whole + fraction);
  const sign = isNegative && !isZero ? '−' : hasSign && !isZero ? '+' : '';
  return `${sign}${grouped}.${fraction.padEnd(2, '0')}`;
}

/** Money in a text, such as a title: `77.50 EUR`. */
export function formatMoney({ amount, currency }: MoneyValue): string {
  return `${formatAmount(amount)} ${currency}`;
}

export function isZeroAmount(amount: string): boolean {
  return /^-?[0.]*$/.test(amount);
}

/** Made once: a formatter is slow to make, and `toLocaleString` makes one each time. */
const COUNT = new Intl.NumberFormat('en-US');

/** A whole number with separators. */
export function formatCount(count: number): string {
  return COUNT.format(count);
}

/** A share in percent with one decimal; "–" when nothing is divided. */
export function formatShare(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
}
