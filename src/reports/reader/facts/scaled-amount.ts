/** A decimal text as a whole number of its last kept decimal. Further decimals are cut off. */
export function scaledAmount(amount: string, decimals: number): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
}
