import type { Schema } from '../../api/client';

/** The amounts of one currency by status, as `MoneyBar` takes them. */
interface StatusAmounts {
  currency: string;
  approved: string;
  pending: string;
  rejected: string;
}

/** More bars than these are not told apart. */
const MAX_BARS = 3;

/** One bar for each currency, because currencies are never added. Empty where money is hidden. */
export function moneyBars({ byStatus }: Pick<Schema<'ConversionTotalsResponse'>, 'byStatus'>): StatusAmounts[] {
  const { approved, pending, rejected } = byStatus;
  const currencies = new Set(
    [approved, pending, rejected].flatMap(({ payouts }) => (payouts ?? []).map((one) => one.currency)),
  );
  const amountIn = ({ payouts }: Schema<'StatusTotalsResponse'>, currency: string): string =>
    payouts?.find((one) => one.currency === currency)?.amount ?? '0';
  return [...currencies]
    .sort()
    .slice(0, MAX_BARS)
    .map((currency) => ({
      currency,
      approved: amountIn(approved, currency),
      pending: amountIn(pending, currency),
      rejected: amountIn(rejected, currency),
    }));
}
