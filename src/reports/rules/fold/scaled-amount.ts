/** Stored amounts have at most twelve decimals (amount-text.ts). */
const DECIMALS = 12;

/** A decimal text as a whole number of its twelfth decimals, so that sums stay exact. */
export function parseScaledAmount(amount: string): bigint {
  const [whole = '0', decimals = ''] = amount.split('.');
  return BigInt(whole + decimals.slice(0, DECIMALS).padEnd(DECIMALS, '0'));
}

/** The decimal text of a whole number of twelfth decimals, always with twelve. */
export function formatScaledAmount(scaled: bigint): string {
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(DECIMALS + 1, '0');
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`;
}
