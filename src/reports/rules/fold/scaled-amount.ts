/** Stored amounts have at most twelve decimals (amount-text.ts), shares of uploaded costs have eighteen. */
const DECIMALS = 18;

/** A decimal text as a whole number of its eighteenth decimals, so that sums stay exact. */
export function parseScaledAmount(amount: string): bigint {
  const [whole = '0', decimals = ''] = amount.split('.');
  return BigInt(whole + decimals.slice(0, DECIMALS).padEnd(DECIMALS, '0'));
}

/** The decimal text of a whole number of eighteenth decimals, always with all of them. */
export function formatScaledAmount(scaled: bigint): string {
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(DECIMALS + 1, '0');
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`;
}
