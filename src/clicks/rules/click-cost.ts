import { Big } from 'big.js';
import type { Money } from '../../platform/money/money.js';
import { readMoney } from '../../platform/money/read-money.js';
import type { QueryPairs } from './click-query.js';

/** Decimals of a stored cost. Cheap sources sell clicks for thousandths of a cent. */
export const COST_DECIMALS = 9;
/** Digits before the decimal mark; larger costs are mistakes, and would not fit into the copy for reports. */
const MAX_INTEGER_DIGITS = 9;
/** Traffic sources fill it with the price of the click: `cost={cost}` in the ad's URL. */
const PARAMETER = 'cost';

/** A click's own parameters, and the cost that its link had, as `0.05 USD`. */
export interface CostSource {
  query: QueryPairs;
  ofLink: string | undefined;
}

/** The workspace's currency, and the conversion to it. `undefined` when there is no rate of the time. */
export interface CostRates {
  currency: string;
  convert(money: Money, at: Date, decimals: number): Money | undefined;
}

/** The cost of a click, in the workspace's currency if there is a rate. `costGiven` is there when it was another one. */
export interface ClickCost {
  cost?: Money | undefined;
  costGiven?: Money | undefined;
}

/**
 * The cost of a click: that of the parameter `cost`, which the source fills, else that of the link. A parameter without a
 * currency has that of the link's cost, or the workspace's. One that is not an amount (a macro that was not filled, a
 * negative or absurd number) is treated as absent.
 */
export function clickCost({ query, ofLink }: CostSource, at: Date, rates: CostRates): ClickCost {
  const { currency } = rates;
  const linkCost = ofLink === undefined ? undefined : toMoney(ofLink);
  for (const given of [parameterCost(query, linkCost?.currency ?? currency), linkCost]) {
    if (given === undefined) continue;
    const cost = given.currency === currency ? given : (rates.convert(given, at, COST_DECIMALS) ?? given);
    if (isStorable(cost)) return given.currency === currency ? { cost } : { cost, costGiven: given };
  }
  return {};
}

/** Whether a click may have a cost: nearly all have none, and need no exchange rates. */
export function mayHaveCost({ query, ofLink }: CostSource): boolean {
  return ofLink !== undefined || query.some(([name]) => name === PARAMETER);
}

function parameterCost(query: QueryPairs, defaultCurrency: string): Money | undefined {
  for (const [name, value] of query) {
    if (name !== PARAMETER) continue;
    const reading = readMoney({ amount: value }, { defaultCurrency });
    if (reading.kind !== 'value' || reading.amount.startsWith('-')) continue;
    return {
      amount: new Big(reading.amount).round(COST_DECIMALS, Big.roundHalfEven).toFixed(),
      currency: reading.currency,
    };
  }
  return undefined;
}

function toMoney(text: string): Money | undefined {
  const [amount, currency] = text.split(' ');
  return amount === undefined || currency === undefined ? undefined : { amount, currency };
}

function isStorable({ amount }: Money): boolean {
  return (amount.split('.')[0] ?? '').length <= MAX_INTEGER_DIGITS;
}
