import { Big } from 'big.js';
import type { Money } from './money.js';

/** Units of a currency for one of the base currency, by ISO 4217 code, as exact decimals. */
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

/** How many decimals a converted amount of this currency has: those of its minor unit and two more. */
export function convertedDecimals(currency: string): number {
  return (MINOR_UNITS[currency] ?? 2) + EXTRA_DECIMALS;
}

/**
 * The amount in another currency, through the table's base: multiplied and divided exactly, then rounded once, half to even, to
 * `convertedDecimals`. In its own currency it stays as it is, to the last digit.
 * @returns `undefined` when the table lacks one of the currencies. There is no rate that could stand in for one.
 */
export function convertMoney(money: Money, to: string, rates: RateTable): Money | undefined {
  if (money.currency === to) return { ...money };
  const from = ownRate(rates, money.currency);
  const into = ownRate(rates, to);
  if (from === undefined || into === undefined) return undefined;
  const Exact = Big();
  Exact.DP = convertedDecimals(to);
  Exact.RM = Exact.roundHalfEven;
  const amount = new Exact(money.amount).times(into).div(from);
  return { amount: amount.eq(0) ? '0' : amount.toFixed(), currency: to };
}

/** Whether the table can convert between the two. */
export function hasRates(rates: RateTable, ...currencies: string[]): boolean {
  return currencies.every((currency) => ownRate(rates, currency) !== undefined);
}

function ownRate(rates: RateTable, currency: string): string | undefined {
  return Object.hasOwn(rates, currency) ? rates[currency] : undefined;
}
