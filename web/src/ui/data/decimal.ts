/** An exact decimal: a whole number of 10^-scale. */
interface Decimal {
  digits: bigint;
  scale: number;
}

function parse(amount: string): Decimal {
  const [whole = '0', fraction = ''] = amount.split('.');
  return { digits: BigInt(whole + fraction), scale: fraction.length };
}

/** The difference of two decimal strings of the API, exact: nothing is computed with floating point. */
export function subtractAmounts(amount: string, less: string): string {
  const [a, b] = [parse(amount), parse(less)];
  const scale = Math.max(a.scale, b.scale);
  const scaled = ({ digits, scale: own }: Decimal): bigint => digits * 10n ** BigInt(scale - own);
  const difference = scaled(a) - scaled(b);
  const text = (difference < 0n ? -difference : difference).toString().padStart(scale + 1, '0');
  const whole = text.slice(0, text.length - scale);
  return `${difference < 0n ? '-' : ''}${whole}${scale === 0 ? '' : `.${text.slice(-scale)}`}`;
}
