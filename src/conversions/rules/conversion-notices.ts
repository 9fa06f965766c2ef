import { formatAmount, type Money } from '../../platform/money/money.js';
import type { Notice } from '../../platform/vocabulary/notice.js';
import type { AppliedChange } from './apply-event.js';
import type { ConversionState } from './conversion-state.js';
import type { ConversionEvent } from './conversion-event.js';
import { sameMoney } from './deciding-amount.js';
import { keepsFirstAmount } from './dedupe-key.js';

/** Notices about a new conversion. */
export function noticesOfNew({ flags = [], txid, linkId, networkId }: ConversionState): Notice[] {
  return [
    ...(flags.includes('txid_reused') ? [txidReused(txid ?? '')] : []),
    ...(flags.includes('other_network') ? [otherNetwork(linkId, networkId ?? '')] : []),
  ];
}

/** Notices about a further event: amounts and statuses that were replaced, left out or guessed. */
export function noticesOfChange(before: ConversionState, event: ConversionEvent, change: AppliedChange): Notice[] {
  const { after, settled } = change;
  const type = before.eventType !== after.eventType || isPaymentOfOtherType(before, event) ? [SAME_PAYMENT] : [];
  const ignored = settled.ignoredRefunds.map((refund) => refundIgnored(refund, after.payout));
  const reused = after.dedupeKey === before.dedupeKey ? [] : noticesOfNew(after).filter(isReuse);
  const changes = event.isChargeback ? refundNotices(before, event, change) : updateNotices(before, event, change);
  return [...type, ...reused, ...changes, ...(change.changed ? ignored : [])];
}

function updateNotices(before: ConversionState, event: ConversionEvent, change: AppliedChange): Notice[] {
  const { after, changed } = change;
  if (!changed) return unchangedNotices(before, event, change);
  return [
    ...(before.payout && after.payout && !sameMoney(before.payout, after.payout)
      ? [amountReplaced(before.payout, after)]
      : []),
    ...(isAmountLost(event, change) ? [amountNotApplied(event, after)] : []),
    ...currencyNotices(event, after),
  ];
}

function unchangedNotices(
  before: ConversionState,
  event: ConversionEvent,
  { after, isRepeat }: AppliedChange,
): Notice[] {
  const reported = moneyOf(event, after.payout);
  const isOtherAmount = reported !== null && !sameMoney(reported, after.payout);
  // `pending` never replaces a final status, so this needs no notice.
  const isOtherStatus = event.status !== 'pending' && event.status !== after.status;
  if (!isOtherAmount && !isOtherStatus) return currencyNotices(event, after);
  if (isRepeat) return [repeatOfEarlier(event, after)];
  if (isOtherAmount && keepsFirstAmount(before)) return [secondAmountIgnored(event, after)];
  return [isOtherAmount ? amountNotApplied(event, after) : statusNotApplied(event, after)];
}

/** Whether the event's amount differs from the current one before refunds. */
function isAmountLost(event: ConversionEvent, { settled }: AppliedChange): boolean {
  const reported = moneyOf(event, settled.amount?.payout ?? null);
  // A person states the amount after refunds, not the amount before them.
  return reported !== null && event.origin !== 'manual' && !sameMoney(reported, settled.amount?.gross ?? null);
}

/** An amount without a currency is in the conversion's currency. */
function moneyOf({ amount, isCurrencyNamed }: ConversionEvent, own: Money | null): Money | null {
  if (amount === null) return null;
  return isCurrencyNamed || own === null ? amount.payout : { ...amount.payout, currency: own.currency };
}

function refundNotices(
  before: ConversionState,
  event: ConversionEvent,
  { after, changed, isRepeat }: AppliedChange,
): Notice[] {
  const asked = moneyOf(event, after.payout);
  if (!changed) return [isRepeat ? refundRepeated(asked, after) : nothingLeft(asked, after)];
  if (after.status === before.status && after.refunded && after.payout) {
    return [partlyRefunded(asked ?? after.refunded, after.refunded, after.payout)];
  }
  const isExact = sameMoney(asked, after.refunded ?? null);
  return asked === null || isExact ? [] : [allRefunded(asked, after)];
}

function currencyNotices({ amount, isCurrencyNamed }: ConversionEvent, { payout }: ConversionState): Notice[] {
  if (amount === null || isCurrencyNamed || payout === null || payout.currency === amount.payout.currency) return [];
  const text = `The amount has no currency: it was read in ${payout.currency}, the currency of the conversion, and not in the network's default ${amount.payout.currency}.`;
  return [{ code: 'currency_of_conversion', text }];
}

function isPaymentOfOtherType(before: ConversionState, { isChargeback, eventType }: ConversionEvent): boolean {
  return !isChargeback && before.eventType === 'ftd' && eventType === 'deposit';
}

const SAME_PAYMENT: Notice = {
  code: 'same_payment',
  text: 'A deposit and an ftd with the same click and the same transaction id are one payment: it counts as the ftd.',
};

function isReuse({ code }: Notice): boolean {
  return code === 'txid_reused';
}

function txidReused(txid: string): Notice {
  const text = `Another click has already used the transaction id "${txid}": this counts as another conversion. If this network never uses an id twice, set its "transactions" to "network".`;
  return { code: 'txid_reused', text };
}

function otherNetwork(linkId: string, networkId: string): Notice {
  const text = `The link ${linkId} belongs to another network than ${networkId}, which sent this: check that each network has its own postback URL.`;
  return { code: 'other_network', text };
}

function amountReplaced(before: Money, { payout, refunded }: ConversionState): Notice {
  const isAllTaken = sameMoney(refunded ?? null, payout) && payout !== null;
  const part = refunded ? `, after ${shown(refunded)} that was taken back` : '';
  const taken = isAllTaken ? ', and all of it is taken back' : part;
  return { code: 'amount_replaced', text: `The amount was ${shown(before)}; it is ${shown(payout)} now${taken}.` };
}

function repeatOfEarlier(event: ConversionEvent, after: ConversionState): Notice {
  const amount = event.amount ? ` of ${shown(moneyOf(event, after.payout))}` : '';
  const text = `The same${amount} was received before, so it changes nothing: ${stateText(after)}. To apply it again, send it with a later time.`;
  return { code: 'told_before', text };
}

function secondAmountIgnored(event: ConversionEvent, after: ConversionState): Notice {
  const amount = shown(moneyOf(event, after.payout));
  const text = `Without a transaction id this is the same ${after.eventType} of the click, so ${amount} was not added: ${stateText(after)}. If it is another ${after.eventType}, send a transaction id, or set "repeats" of ${after.eventType} to "count".`;
  return { code: 'second_amount', text };
}

function amountNotApplied(event: ConversionEvent, after: ConversionState): Notice {
  const advice = event.origin === 'pixel' ? '' : ' To apply it, send it with a later time.';
  const text = `${shown(moneyOf(event, after.payout))} is not applied: ${stateText(after)}.${advice}`;
  return { code: 'amount_not_applied', text };
}

function statusNotApplied(event: ConversionEvent, after: ConversionState): Notice {
  const text = `The status "${event.status}" is not applied: ${stateText(after)}.`;
  return { code: 'status_not_applied', text };
}

function partlyRefunded(asked: Money, refunded: Money, payout: Money): Notice {
  const all = sameMoney(asked, refunded) ? '' : ` (${shown(refunded)} in all)`;
  return { code: 'partly_refunded', text: `${shown(asked)} was taken back${all}: ${shown(payout)} is left.` };
}

function allRefunded(asked: Money, { payout }: ConversionState): Notice {
  const text =
    payout === null
      ? `The conversion has no amount, so a refund of ${shown(asked)} takes all of it back: it is rejected now.`
      : `A refund of ${shown(asked)} is not less than what was left, so the whole ${shown(payout)} is taken back.`;
  return { code: 'all_refunded', text };
}

function refundRepeated(asked: Money | null, after: ConversionState): Notice {
  const what = asked === null ? 'This chargeback' : `A refund of ${shown(asked)}`;
  const text = `${what} was received before and is applied only once: ${stateText(after)}. If it is another one, send it with a later time.`;
  return { code: 'refund_repeated', text };
}

function nothingLeft(asked: Money | null, after: ConversionState): Notice {
  const what = asked === null ? 'Nothing' : `Nothing of ${shown(asked)}`;
  return { code: 'nothing_to_take_back', text: `${what} was taken back: ${stateText(after)}.` };
}

function refundIgnored(refund: Money, payout: Money | null): Notice {
  const text = `A refund of ${shown(refund)} was not applied, as the conversion is in ${payout?.currency ?? 'no currency'}.`;
  return { code: 'refund_currency', text };
}

function stateText({ status, payout, refunded }: ConversionState): string {
  const money = payout === null ? '' : ` with ${shown(payout)}`;
  const taken = refunded === undefined ? '' : ` (${shown(refunded)} taken back)`;
  return `the conversion is ${status}${money}${taken}`;
}

function shown(money: Money | null): string {
  return money === null ? 'no amount' : `${formatAmount(money.amount)} ${money.currency}`;
}
