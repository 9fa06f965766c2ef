import type { Restrictions } from '../../caller.js';

/** Properties whose value is a list of amounts: how many there are is hidden too. */
const AMOUNT_LISTS: ReadonlySet<string> = new Set(['payouts', 'revenues', 'otherCurrencies', 'otherCosts']);
/** Properties that are amounts also where they hold a text: a network's default payout, the cost in a click's query. */
const AMOUNT_NAMES: ReadonlySet<string> = new Set(['cost', 'costGiven', 'payout', 'revenue', 'refunded']);

/**
 * A copy of an answer of the API in which `null` replaces every amount. Amounts are recognised by their shape,
 * `{ amount, currency }`, so that a new field with an amount is hidden without a change here. Notes are texts of people and
 * stay as they are.
 * @throws Error for bytes and streams, in which amounts cannot be found.
 */
export function maskAmounts(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(maskAmounts);
  if (ArrayBuffer.isView(value) || Symbol.asyncIterator in value) {
    throw new Error('the amounts in a file cannot be masked; the route must leave them out');
  }
  if (isMoney(value)) return null;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, maskProperty(value, name, one)]));
}

/** Whether a request would write amounts. */
export function writesAmounts(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return false;
  if (Array.isArray(body)) return body.some(writesAmounts);
  return isMoney(body) || Object.entries(body).some(([name, one]) => AMOUNT_NAMES.has(name) || writesAmounts(one));
}

function maskProperty(of: object, name: string, value: unknown): unknown {
  if (AMOUNT_LISTS.has(name)) return null;
  const isAmount = AMOUNT_NAMES.has(name) || (name === 'value' && isCostParameter(of));
  return isAmount && (typeof value === 'string' || typeof value === 'number') ? null : maskAmounts(value);
}

/** A query parameter of a click, as `{ name, value }`. Sources fill `cost` with the price of the click. */
function isCostParameter(pair: object): boolean {
  return 'name' in pair && pair.name === 'cost';
}

function isMoney(value: object): boolean {
  return 'amount' in value && 'currency' in value;
}

/** The rows of a file, with `null` for amounts where money is hidden. */
export function visibleRows<T>(rows: AsyncIterable<T>, { hidesMoney }: Restrictions): AsyncIterable<T> {
  return hidesMoney ? maskedRows(rows) : rows;
}

async function* maskedRows<T>(rows: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const row of rows) yield maskAmounts(row) as T;
}
