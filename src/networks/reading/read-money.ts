import { isNegative, type Money, parseAmount, parseCurrency } from '../../platform/money/money.js';
import { shown } from './hints.js';
import type { Reader } from './reader.js';
import type { ReadEvent, RejectReason } from './reading.js';

export type MoneyReading = { ok: true; payout: Money | null } | { ok: false; reason: RejectReason; hint: string };

const NONE: MoneyReading = { ok: true, payout: null };

/**
 * The payout. Revenue shares may be negative; any other negative amount belongs to a reversal, whose status says that the
 * payout is gone, and must not become the payout.
 */
export function readMoney(
  reader: Reader,
  { eventType, status, isChargeback }: Pick<ReadEvent, 'eventType' | 'status' | 'isChargeback'>,
): MoneyReading {
  const { defaults } = reader.dialect;
  const amountText = reader.take('payout') ?? defaults.payout;
  const currencyText = reader.take('currency') ?? defaults.currency;
  if (amountText === undefined) return NONE;
  const amount = parseAmount(amountText);
  if (amount === undefined) return invalidAmount(`"${shown(amountText)}" is not an amount.`);
  if (isChargeback) return NONE;
  if (isNegative(amount) && eventType !== 'revshare') {
    if (status === 'rejected') return NONE;
    return invalidAmount(`A negative amount (${amountText}) is for reversals only; this one is ${status}.`);
  }
  const currency = currencyText === undefined ? undefined : parseCurrency(currencyText);
  if (currency === undefined) {
    const hint =
      currencyText === undefined
        ? 'No currency came along and the network has none by default.'
        : `"${shown(currencyText)}" is not an ISO 4217 currency.`;
    return { ok: false, reason: 'invalid_currency', hint };
  }
  return { ok: true, payout: { amount, currency } };
}

function invalidAmount(hint: string): MoneyReading {
  return { ok: false, reason: 'invalid_amount', hint };
}
