import type { MoneyValue } from '../../ui/data/money-format';
import type { Postback } from '../postback-types';
import { postbackWords as words } from '../postbacks-words';

/** An entry of the log as its row shows it. The list keeps these, because it may have 100,000 of them. */
export interface PostbackRow {
  id: string;
  networkId: string;
  receivedAt: string;
  verdict: Postback['verdict'];
  /** The event type, or the network's word for it. */
  event: string;
  /** Reason, status or effect, in short. */
  note: string;
  linkId: string | null;
  money: MoneyValue | null;
  isWaiting: boolean;
  /** When it was read, in milliseconds since 1970. */
  readAt: number;
}

export function toRow(postback: Postback, readAt = Date.now()): PostbackRow {
  const { id, networkId, receivedAt, verdict, linkId, waitsUntil } = postback;
  return {
    id,
    networkId,
    receivedAt,
    verdict,
    event: eventOf(postback),
    note: noteOf(postback),
    linkId,
    money: moneyOf(postback),
    isWaiting: waitsUntil !== null,
    readAt,
  };
}

/** The event type of the conversion, or what the word means, or the word. */
function eventOf({ summary, parameters }: Postback): string {
  const meaning = parameters.find(({ kind }) => kind === 'event')?.meaning;
  const known = meaning === undefined ? undefined : /^event: (\w+)$/.exec(meaning)?.[1];
  return summary.eventType ?? known ?? summary.eventWord ?? '–';
}

function noteOf({ verdict, reason, summary, parameters, headline }: Postback): string {
  const { status, statusBefore, eventType } = summary;
  switch (verdict) {
    case 'rejected':
      return [reason, detailOf(reason, parameters)].filter(Boolean).join(' · ');
    case 'updated':
      return statusBefore !== null && statusBefore !== status ? words.move(statusBefore, status ?? '') : (status ?? '');
    case 'accepted':
      return eventType === 'registration' && status === 'approved' ? '' : (status ?? '');
    case 'duplicate':
      return parameters.some(({ kind }) => kind === 'transaction') ? words.sameTransaction : words.sameEvent;
    case 'ignored':
      return headline.replaceAll('`', '').replace(/\.$/, '');
    case 'test':
      return words.notInNumbers;
  }
}

/** The part of a request that its rejection is about. */
function detailOf(reason: string | null, parameters: Postback['parameters']): string | undefined {
  const misplaced = parameters.find(({ kind }) => kind === 'unmappedClickId');
  if (misplaced !== undefined && isAboutClickId(reason)) return words.clickIdIn(misplaced.name);
  const word = wordOf(reason, parameters);
  return word === undefined ? undefined : words.unknownWord(word);
}

function isAboutClickId(reason: string | null): boolean {
  return reason === 'missing_click_id' || reason === 'unfilled_macro' || reason === 'malformed_click_id';
}

/** The word that no mapping knows, for a request that was rejected for it. */
export function wordOf(reason: string | null, parameters: Postback['parameters']): string | undefined {
  const as = reason === 'unmapped_event' ? 'event' : reason === 'unmapped_status' ? 'status' : undefined;
  return as && parameters.find((one) => one.as === as)?.value;
}

function moneyOf({ summary }: Postback): MoneyValue | null {
  const { payout, payoutSent, currencySent } = summary;
  if (payout !== null) return isNothing(payout.amount) ? null : payout;
  // Without a currency an amount says nothing.
  if (payoutSent === null || currencySent === null || !/^-?\d+(?:[.,]\d+)?$/.test(payoutSent) || isNothing(payoutSent))
    return null;
  return { amount: payoutSent.replace(',', '.'), currency: currencySent };
}

function isNothing(amount: string): boolean {
  return /^-?[0.,]*$/.test(amount);
}
