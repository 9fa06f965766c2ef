/** Stored amounts have at most twelve decimals (amount-text.ts), quotients that are added up eighteen. */
const MOST_DECIMALS = 18;

/** A decimal text as a whole number of its last kept decimal, so that sums stay exact. Further decimals are cut off. */
export function parseScaledAmount(amount: string, decimals = MOST_DECIMALS): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
}

/** The decimal text of a whole number of eighteenth decimals, always with all of them. */
export function formatScaledAmount(scaled: bigint): string {
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(MOST_DECIMALS + 1, '0');
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -MOST_DECIMALS)}.${digits.slice(-MOST_DECIMALS)}`;
}
