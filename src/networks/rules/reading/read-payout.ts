import { isNegative, type Money } from '../../../platform/money/money.js';
import { type MoneyContext, readMoney } from '../../../platform/money/read-money.js';
import type { Notice } from '../../../platform/vocabulary/notice.js';
import type { ReadingRejectReason } from '../../../platform/vocabulary/reject-reasons.js';
import { shown } from './hints.js';
import type { Reader, SentParameter } from './reader.js';
import type { ReadEvent } from './reading.js';

export type PayoutReading =
  | {
      ok: true;
      payout: Money | null;
      isCurrencyNamed: boolean;
      /** The amount takes back money. */
      takesBack: boolean;
      notices: Notice[];
    }
  | { ok: false; reason: ReadingRejectReason; hint: string };

const NONE = { ok: true, payout: null, isCurrencyNamed: false, takesBack: false, notices: [] } satisfies PayoutReading;

/**
 * Reads the payout. A share of revenue may be negative. Any other negative amount takes back that much of its transaction, and
 * never becomes the payout. The amount of a chargeback is the amount to take back; without one, or with 0, it takes back all.
 */
export function readPayout(
  reader: Reader,
  { eventType, status, isChargeback }: Pick<ReadEvent, 'eventType' | 'status' | 'isChargeback'>,
  hasTxid: boolean,
  decimalMark: MoneyContext['decimalMark'],
): PayoutReading {
  const { defaults, mapping } = reader.dialect;
  const sent = reader.take('payout');
  const currency = reader.take('currency')?.value;
  const amount = sent?.value ?? (isChargeback ? undefined : defaults.payout);
  if (amount === undefined) return NONE;
  const { unit, isNumber } = sent ?? {};
  const context = { defaultCurrency: defaults.currency, currencies: mapping.currencies, decimalMark };
  const reading = readMoney({ amount, currency, unit, isNumber }, context);
  if (reading.kind === 'absent') return NONE;
  if (reading.kind === 'unreadable') return { ok: false, reason: reading.reason, hint: reading.hint };
  const notices = [...reading.notices, ...chosen(reader, sent)];
  const { isCurrencyNamed } = reading;
  const money = { amount: reading.amount, currency: reading.currency };
  const isMinus = isNegative(money.amount);
  const taken = isMinus ? { ...money, amount: money.amount.slice(1) } : money;
  if (isChargeback)
    return { ok: true, payout: isZero(taken) ? null : taken, isCurrencyNamed, takesBack: true, notices };
  if (!isMinus || eventType === 'revshare')
    return { ok: true, payout: money, isCurrencyNamed, takesBack: false, notices };
  if (hasTxid && status !== 'pending') return { ok: true, payout: taken, isCurrencyNamed, takesBack: true, notices };
  if (status === 'rejected') return NONE;
  const hint = `A negative amount (${shown(amount)}) takes money back: send it with the transaction id of that money, and not with the status ${status}.`;
  return { ok: false, reason: 'invalid_amount', hint };
}

function isZero({ amount }: Money): boolean {
  return !/[1-9]/.test(amount);
}

/** A notice when several names of an amount came with different values: it tells which one is the payout. */
function chosen(reader: Reader, taken: SentParameter | undefined): Notice[] {
  if (taken === undefined || reader.isMapped(taken, 'payout')) return [];
  const others = reader.unused('payout').filter(({ value }) => value !== taken.value && /\d/.test(value));
  if (others.length === 0) return [];
  const names = others.map(({ name, value }) => `"${name}" (${shown(value)})`).join(', ');
  const text = `"${taken.name}" was read as the payout, and ${names} was not. If you are paid the other amount, map payout to its parameter.`;
  return [{ code: 'payout_chosen', text }];
}
