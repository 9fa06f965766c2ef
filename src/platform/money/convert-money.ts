import { Big } from 'big.js';
import type { Money } from './money.js';

/** Units of each currency for one unit of the base currency, by ISO 4217 code, as exact decimals. */
export type RateTable = Readonly<Record<string, string>>;

/** ISO 4217's minor units where they are not two. */
const MINOR_UNITS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((c) => [c, 0]),
  ),
  ...Object.fromEntries('BHD IQD JOD KWD LYD OMR TND'.split(' ').map((c) => [c, 3])),
  CLF: 4,
  UYW: 4,
};
/** Kept beyond the minor units, so that the sum of many small amounts is right to the cent. */
const EXTRA_DECIMALS = 2;

/** The number of decimals of a converted amount: those of the currency's minor unit and two more. */
export function convertedDecimals(currency: string): number {
  return (MINOR_UNITS[currency] ?? 2) + EXTRA_DECIMALS;
}

/** A constructor for each number of decimals, rounding half to even. Kept because creating one is expensive. */
const kinds = new Map<number, typeof Big>();

function exact(decimals: number): typeof Big {
  const known = kinds.get(decimals);
  if (known) return known;
  const Exact = Big();
  Exact.DP = decimals;
  Exact.RM = Exact.roundHalfEven;
  kinds.set(decimals, Exact);
  return Exact;
}

/**
 * The amount in another currency, through the table's base: multiplied and divided exactly, then rounded once, half to even, to
 * `convertedDecimals`. An amount that is in this currency already is not changed.
 * @param base the currency whose rate is 1, when the table does not contain it.
 * @param decimals of the result, where `convertedDecimals` are not meant.
 * @returns `undefined` when the table lacks one of the currencies. No other rate is used instead.
 */
export function convertMoney(
  money: Money,
  to: string,
  rates: RateTable,
  base?: string,
  decimals = convertedDecimals(to),
): Money | undefined {
  if (money.currency === to) return { ...money };
  const from = money.currency === base ? '1' : ownRate(rates, money.currency);
  const into = to === base ? '1' : ownRate(rates, to);
  if (from === undefined || into === undefined) return undefined;
  const Exact = exact(decimals);
  const amount = new Exact(money.amount).times(into).div(from);
  return { amount: amount.eq(0) ? '0' : amount.toFixed(), currency: to };
}

function ownRate(rates: RateTable, currency: string): string | undefined {
  return Object.hasOwn(rates, currency) ? rates[currency] : undefined;
}
