/** An exact decimal: `units` of the decimal number `decimals`. Four times as fast as big.js, which has a list of digits. */
export interface Decimal {
  units: bigint;
  decimals: number;
}

/** @param value a plain decimal, without an exponent */
export function toDecimal(value: number | string): Decimal {
  if (typeof value === 'number') return Number.isInteger(value) ? whole(value) : toDecimal(String(value));
  const point = value.indexOf('.');
  if (point < 0) return { units: BigInt(value), decimals: 0 };
  return { units: BigInt(value.slice(0, point) + value.slice(point + 1)), decimals: value.length - point - 1 };
}

function whole(value: number): Decimal {
  return { units: BigInt(value), decimals: 0 };
}

export function plus(a: Decimal, b: Decimal): Decimal {
  if (a.decimals < b.decimals) return { units: unitsAt(a, b.decimals) + b.units, decimals: b.decimals };
  return { units: a.units + unitsAt(b, a.decimals), decimals: a.decimals };
}

export function minus(a: Decimal, b: Decimal): Decimal {
  return plus(a, negated(b));
}

export function negated({ units, decimals }: Decimal): Decimal {
  return { units: -units, decimals };
}

export function times(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, decimals: a.decimals + b.decimals };
}

/** Rounded half up, away from zero. @param b not 0 */
export function dividedBy(a: Decimal, b: Decimal, decimals: number): Decimal {
  const places = decimals + b.decimals - a.decimals;
  const above = places > 0 ? a.units * powerOfTen(places) : a.units;
  const below = places < 0 ? b.units * powerOfTen(-places) : b.units;
  return { units: quotient(above, below), decimals };
}

/** Rounded half up, away from zero. */
export function rounded(value: Decimal, decimals: number): Decimal {
  if (value.decimals <= decimals) return value;
  return { units: quotient(value.units, powerOfTen(value.decimals - decimals)), decimals };
}

/** Whether it is the same when it is rounded. */
export function hasAtMost(decimals: number, value: Decimal): boolean {
  return value.decimals <= decimals || value.units % powerOfTen(value.decimals - decimals) === 0n;
}

/** The nearest floating-point number. */
export function toNumber(value: Decimal): number {
  const { units, decimals } = value;
  // A quotient of two numbers without an error is rounded once.
  const isExact = decimals <= 22 && -MAX_EXACT <= units && units <= MAX_EXACT;
  return isExact ? Number(units) / 10 ** decimals : Number(decimalText(value));
}

const MAX_EXACT = BigInt(Number.MAX_SAFE_INTEGER);

/** Plain text, without zeros at the end beyond `least` decimals. */
export function decimalText({ units, decimals }: Decimal, least = 0): string {
  const digits = size(units)
    .toString()
    .padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  let end = digits.length;
  while (end > point + least && digits[end - 1] === '0') end--;
  const fraction = digits.slice(point, end).padEnd(least, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, point)}${fraction === '' ? '' : `.${fraction}`}`;
}

function unitsAt({ units, decimals }: Decimal, wanted: number): bigint {
  return wanted === decimals ? units : units * powerOfTen(wanted - decimals);
}

function quotient(above: bigint, below: bigint): bigint {
  const towardsZero = above / below;
  const rest = above % below;
  if (rest === 0n || 2n * size(rest) < size(below)) return towardsZero;
  return above < 0n === below < 0n ? towardsZero + 1n : towardsZero - 1n;
}

function size(value: bigint): bigint {
  return value < 0n ? -value : value;
}

const POWERS = Array.from({ length: 64 }, (_, i) => 10n ** BigInt(i));

function powerOfTen(exponent: number): bigint {
  return POWERS[exponent] ?? 10n ** BigInt(exponent);
}
