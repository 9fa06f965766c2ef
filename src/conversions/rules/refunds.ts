import { Big } from 'big.js';
import type { Money } from '../../platform/money/money.js';
import type { Notice } from '../../platform/vocabulary/notice.js';
import type { EventType } from '../../platform/vocabulary/conversion-words.js';
import type { Applied } from './applied.js';
import type { ConversionState } from './conversion-state.js';
import type { Amount, ConversionEvent } from './conversion-event.js';
import { paymentTypes } from './dedupe-key.js';

/** What of a refund is taken off which conversion; `null`: all. */
export interface ChosenRefund {
  conversion: ConversionState;
  amount: Amount | null;
}

const REVERSIBLE: ReadonlySet<EventType> = new Set(['ftd', 'deposit', 'sale', 'rebill', 'qualified']);

/** Whether such an event is money that came in, and can be taken back. */
export function isReversible(eventType: EventType): boolean {
  return REVERSIBLE.has(eventType);
}

/**
 * The conversions that a chargeback takes back. One that names its click means that click's; where the network's ids are unique
 * over all clicks, it means the transaction. One that names none must fit a single click.
 * @param known all conversions of the transaction.
 */
export function chooseRefunds(event: ConversionEvent, known: readonly ConversionState[]): ChosenRefund[] | Applied {
  const types = event.isRejection ? paymentTypes(event.eventType) : undefined;
  const money = known.filter(({ eventType }) => isReversible(eventType) && (types?.includes(eventType) ?? true));
  const own = money.filter(({ clickId }) => event.clickId !== null && clickId === event.clickId);
  const isOfOne = event.clickId !== null && event.transactions === 'click';
  const fitting = isOfOne || own.length > 0 ? own : money;
  if (new Set(fitting.map(({ clickId }) => clickId)).size > 1) return ambiguous(event.txid ?? '', fitting.length);
  if (fitting.length > 0) return shareOut(event, fitting);
  return { outcome: 'unknown_transaction', ...(money.length > 0 && { notices: [otherClicks(event.txid ?? '')] }) };
}

/** Why a refund cannot be taken off: an amount in another currency would be a guess. */
export function refundProblem(
  { amount, isCurrencyNamed }: ConversionEvent,
  chosen: ChosenRefund[],
): Applied | undefined {
  if (amount === null || !isCurrencyNamed) return undefined;
  const { currency } = amount.payout;
  const other = chosen.find(({ conversion }) => conversion.payout !== null && conversion.payout.currency !== currency);
  if (other === undefined) return undefined;
  const own = other.conversion.payout?.currency ?? '';
  const text = `The refund is in ${currency}, but the conversion is in ${own}: send the amount in ${own}, or accept it by hand with that amount.`;
  return { outcome: 'invalid_currency', notices: [{ code: 'refund_currency', text }] };
}

/** A refund with an amount is taken off the conversion that has it, else off the largest first. */
function shareOut({ amount }: ConversionEvent, conversions: readonly ConversionState[]): ChosenRefund[] {
  if (amount === null) return conversions.map((conversion) => ({ conversion, amount: null }));
  const asked = new Big(amount.payout.amount);
  const sorted = conversions.toSorted((a, b) => grossOf(b).cmp(grossOf(a)) || (a.eventType < b.eventType ? -1 : 1));
  const exact = sorted.find((one) => grossOf(one).eq(asked));
  const [first, ...others] = exact === undefined ? sorted : [exact];
  if (first === undefined) return [];
  const shares: ChosenRefund[] = [];
  let left = asked;
  for (const conversion of [first, ...others]) {
    const gross = grossOf(conversion);
    const isLast = left.lte(gross) || conversion === (others.at(-1) ?? first);
    const share = isLast ? left : gross;
    if (share.gt(0)) shares.push({ conversion, amount: shareOf(amount.payout, share) });
    left = left.minus(share);
  }
  return shares.length > 0 ? shares : [{ conversion: first, amount }];
}

function shareOf(payout: Money, share: Big): Amount {
  return { payout: { ...payout, amount: share.toFixed() }, revenue: null };
}

/** With what was taken back before, so that the same refund is shared out in the same way when it comes again. */
function grossOf({ payout, refunded, status }: ConversionState): Big {
  const left = new Big(payout?.amount ?? 0);
  const isAllTaken = status === 'rejected' && refunded?.amount === payout?.amount;
  return refunded === undefined || isAllTaken ? left : left.plus(refunded.amount);
}

function ambiguous(txid: string, count: number): Applied {
  const text = `${count} conversions of different clicks have the transaction id "${txid}": send the click id with the chargeback.`;
  return { outcome: 'ambiguous_transaction', notices: [{ code: 'ambiguous_transaction', text }] };
}

function otherClicks(txid: string): Notice {
  const text = `The transaction id "${txid}" is known, but not of this click: send the click id of the conversion, or none.`;
  return { code: 'other_click', text };
}
