import { Big } from 'big.js';
import type { Money } from '../../platform/money/money.js';
import type { Notice } from '../../platform/vocabulary/notice.js';
import type { EventType } from '../../platform/vocabulary/conversion-words.js';
import type { EventResult } from './event-result.js';
import type { ConversionState } from './conversion-state.js';
import type { Amount, ConversionEvent } from './conversion-event.js';
import { paymentTypes } from './dedupe-key.js';

/** A conversion and the part of a refund that is subtracted from it; `null` takes back the whole amount. */
export interface ChosenRefund {
  conversion: ConversionState;
  amount: Amount | null;
}

const REVERSIBLE: ReadonlySet<EventType> = new Set(['ftd', 'deposit', 'sale', 'rebill', 'qualified']);

/** Whether events of this type bring in money that can be taken back. */
export function isReversible(eventType: EventType): boolean {
  return REVERSIBLE.has(eventType);
}

/**
 * The conversions that a chargeback takes back. With a click id, it applies to that click's conversions. Where the network's
 * transaction ids are unique over all clicks, it applies to the transaction. Without a click id, the transaction must belong
 * to a single click.
 * @param known all conversions of the transaction.
 */
export function chooseRefunds(event: ConversionEvent, known: readonly ConversionState[]): ChosenRefund[] | EventResult {
  const types = event.isRejection ? paymentTypes(event.eventType) : undefined;
  const money = known.filter(({ eventType }) => isReversible(eventType) && (types?.includes(eventType) ?? true));
  const own = money.filter(({ clickId }) => event.clickId !== null && clickId === event.clickId);
  const isOfOne = event.clickId !== null && event.transactions === 'click';
  const fitting = isOfOne || own.length > 0 ? own : money;
  if (new Set(fitting.map(({ clickId }) => clickId)).size > 1) return ambiguous(event.txid ?? '', fitting.length);
  if (fitting.length > 0) return distribute(event, fitting);
  return { outcome: 'unknown_transaction', ...(money.length > 0 && { notices: [otherClicks(event.txid ?? '')] }) };
}

/** Why a refund cannot be applied: converting an amount in another currency would be a guess. */
export function refundProblem(
  { amount, isCurrencyNamed }: ConversionEvent,
  chosen: ChosenRefund[],
): EventResult | undefined {
  if (amount === null || !isCurrencyNamed) return undefined;
  const { currency } = amount.payout;
  const other = chosen.find(({ conversion }) => conversion.payout !== null && conversion.payout.currency !== currency);
  if (other === undefined) return undefined;
  const own = other.conversion.payout?.currency ?? '';
  const text = `The refund is in ${currency}, but the conversion is in ${own}: send the amount in ${own}, or accept it manually with that amount.`;
  return { outcome: 'invalid_currency', notices: [{ code: 'refund_currency', text }] };
}

/** Subtracts a refund from the conversion with exactly that amount, else from the largest conversions first. */
function distribute({ amount }: ConversionEvent, conversions: readonly ConversionState[]): ChosenRefund[] {
  if (amount === null) return conversions.map((conversion) => ({ conversion, amount: null }));
  const requested = new Big(amount.payout.amount);
  const sorted = conversions.toSorted((a, b) => grossOf(b).cmp(grossOf(a)) || (a.eventType < b.eventType ? -1 : 1));
  const exact = sorted.find((one) => grossOf(one).eq(requested));
  const [first, ...others] = exact === undefined ? sorted : [exact];
  if (first === undefined) return [];
  const shares: ChosenRefund[] = [];
  let left = requested;
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

/** The amount before refunds, so that a repeated refund is distributed in the same way. */
function grossOf({ payout, refunded, status }: ConversionState): Big {
  const left = new Big(payout?.amount ?? 0);
  const isAllTaken = status === 'rejected' && refunded?.amount === payout?.amount;
  return refunded === undefined || isAllTaken ? left : left.plus(refunded.amount);
}

function ambiguous(txid: string, count: number): EventResult {
  const text = `${count} conversions of different clicks have the transaction id "${txid}": send the click id with the chargeback.`;
  return { outcome: 'ambiguous_transaction', notices: [{ code: 'ambiguous_transaction', text }] };
}

function otherClicks(txid: string): Notice {
  const text = `The transaction id "${txid}" belongs to another click: send the click id of the conversion that is taken back, or no click id.`;
  return { code: 'other_click', text };
}
