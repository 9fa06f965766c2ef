import { createHash } from 'node:crypto';
import { type EventType, REPEATABLE_EVENT_TYPES } from '../../platform/vocabulary/conversion-words.js';
import { clickOf } from './click-of.js';
import type { ConversionEvent } from './conversion-event.js';

const MAX_PLAIN = 200;

type Keyed = Pick<
  ConversionEvent,
  | 'origin'
  | 'eventType'
  | 'txid'
  | 'clickId'
  | 'linkId'
  | 'playerId'
  | 'at'
  | 'sourceId'
  | 'repeatId'
  | 'countRepeats'
  | 'transactions'
>;

/**
 * What makes a repeat a repeat, within a network: event type and transaction id where there is one; else event type and
 * click; for a share of revenue the link and the day, and the player or click where one is named. Where deposits, sales and
 * rebills without a transaction id are to count each time, each request is its own. A page's idea of a transaction id names
 * nothing that happens only once.
 *
 * The first click that uses a transaction id has this key; others have `clickTransactionKey`.
 */
export function dedupeKey(event: Keyed): string {
  const { eventType, txid, sourceId, repeatId = sourceId, countRepeats } = event;
  if (txid !== null && namesTransaction(event)) return transactionKey(eventType, txid);
  const clickId = clickOf(event);
  if (clickId === null) return dayKey(event) + ownerSuffix(event);
  if (isRepeatable(eventType) && countRepeats && event.origin !== 'pixel') return `once:${eventType}:${repeatId}`;
  return clickKey(eventType, clickId);
}

/** Whether an event's transaction id is what tells it from others. */
export function namesTransaction({ origin, eventType, txid }: Pick<Keyed, 'origin' | 'eventType' | 'txid'>): boolean {
  return txid !== null && !(origin === 'pixel' && !isRepeatable(eventType));
}

/** The key of what happens once a click, as far as is known. */
export function clickKey(eventType: EventType, clickId: string): string {
  return `click:${eventType}:${clickId}`;
}

/** The key of a transaction whose id another click has used before. */
export function clickTransactionKey(event: Pick<Keyed, 'eventType' | 'txid' | 'clickId' | 'linkId'>): string {
  const { eventType, txid, clickId, linkId } = event;
  return `txc:${eventType}:${clickId ?? linkId ?? ''}:${plain(txid ?? '')}`;
}

/** The keys under which what an event is about may be stored. Not among them: those of the pixel, see ledger.ts. */
export function dedupeKeysOf(event: Keyed): string[] {
  const { txid, eventType } = event;
  if (txid !== null && namesTransaction(event)) {
    const types = paymentTypes(eventType);
    return types.flatMap((type) => [transactionKey(type, txid), clickTransactionKey({ ...event, eventType: type })]);
  }
  // A share of revenue of before players and clicks were in its key.
  return clickOf(event) === null ? [...new Set([dedupeKey(event), dayKey(event)])] : [dedupeKey(event)];
}

/** Event types that are one payment when click and transaction id are the same. */
export function paymentTypes(eventType: EventType): readonly EventType[] {
  return eventType === 'ftd' || eventType === 'deposit' ? FIRST_OR_LATER : [eventType];
}
const FIRST_OR_LATER = ['ftd', 'deposit'] as const;

/** Whether a second amount under this key is left out: it may be another sale of the same click. */
export function keepsFirstAmount({ dedupeKey: key, eventType }: { dedupeKey: string; eventType: EventType }): boolean {
  return isRepeatable(eventType) && key.startsWith('click:');
}

function isRepeatable(eventType: EventType): boolean {
  return (REPEATABLE_EVENT_TYPES as readonly EventType[]).includes(eventType);
}

function transactionKey(eventType: EventType, txid: string): string {
  return `tx:${eventType}:${plain(txid)}`;
}

function dayKey({ eventType, linkId, at }: Pick<Keyed, 'eventType' | 'linkId' | 'at'>): string {
  return `day:${eventType}:${linkId ?? ''}:${at.toISOString().slice(0, 10)}`;
}

function ownerSuffix({ playerId, clickId }: Pick<Keyed, 'playerId' | 'clickId'>): string {
  if (playerId !== null) return `:player:${plain(playerId)}`;
  return clickId === null ? '' : `:click:${clickId}`;
}

/** Keys of an index are to be short; two long ids with the same beginning are two all the same. */
function plain(text: string): string {
  return text.length > MAX_PLAIN ? `sha256:${createHash('sha256').update(text).digest('base64url')}` : text;
}
