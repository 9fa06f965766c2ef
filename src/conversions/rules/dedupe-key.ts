import { createHash } from 'node:crypto';
import { type EventType, REPEATABLE_EVENT_TYPES } from '../../platform/vocabulary/conversion-words.js';
import { clickOf } from './click-of.js';
import type { ConversionEvent } from './conversion-event.js';

/** A longer id is hashed. */
const MAX_ID_LENGTH = 200;

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
 * The key by which repeated reports of a network are one conversion:
 * - with a transaction id: event type and transaction id;
 * - without one: event type and click;
 * - for a share of revenue: link and day, and the player or click if one is named.
 *
 * Where deposits, sales and rebills without a transaction id count each time, each request has its own key. Transaction
 * ids of a page's pixel are ignored for events that happen only once.
 *
 * The first click that uses a transaction id has this key; other clicks have `clickTransactionKey`.
 */
export function dedupeKey(event: Keyed): string {
  const { eventType, txid, sourceId, repeatId = sourceId, countRepeats } = event;
  if (txid !== null && namesTransaction(event)) return transactionKey(eventType, txid);
  const clickId = clickOf(event);
  if (clickId === null) return dayKey(event) + ownerSuffix(event);
  if (isRepeatable(eventType) && countRepeats && event.origin !== 'pixel') return `once:${eventType}:${repeatId}`;
  return clickKey(eventType, clickId);
}

/** Whether the transaction id identifies the event. */
export function namesTransaction({ origin, eventType, txid }: Pick<Keyed, 'origin' | 'eventType' | 'txid'>): boolean {
  return txid !== null && !(origin === 'pixel' && !isRepeatable(eventType));
}

/** The key of an event that counts once for each click. */
export function clickKey(eventType: EventType, clickId: string): string {
  return `click:${eventType}:${clickId}`;
}

/** The key of a transaction whose id another click has used already. */
export function clickTransactionKey(event: Pick<Keyed, 'eventType' | 'txid' | 'clickId' | 'linkId'>): string {
  const { eventType, txid, clickId, linkId } = event;
  return `txc:${eventType}:${clickId ?? linkId ?? ''}:${shortened(txid ?? '')}`;
}

/** All keys under which the conversion of an event may be stored, without those of the pixel (see ledger.ts). */
export function dedupeKeysOf(event: Keyed): string[] {
  const { txid, eventType } = event;
  if (txid !== null && namesTransaction(event)) {
    const types = paymentTypes(eventType);
    return types.flatMap((type) => [transactionKey(type, txid), clickTransactionKey({ ...event, eventType: type })]);
  }
  // In older versions, the key of a share of revenue had no player or click.
  return clickOf(event) === null ? [...new Set([dedupeKey(event), dayKey(event)])] : [dedupeKey(event)];
}

/** The event types that are one payment if click and transaction id are the same. */
export function paymentTypes(eventType: EventType): readonly EventType[] {
  return eventType === 'ftd' || eventType === 'deposit' ? FIRST_OR_LATER : [eventType];
}
const FIRST_OR_LATER = ['ftd', 'deposit'] as const;

/** Whether a second amount under this key is ignored, because it may be another sale of the same click. */
export function keepsFirstAmount({ dedupeKey: key, eventType }: { dedupeKey: string; eventType: EventType }): boolean {
  return isRepeatable(eventType) && key.startsWith('click:');
}

function isRepeatable(eventType: EventType): boolean {
  return (REPEATABLE_EVENT_TYPES as readonly EventType[]).includes(eventType);
}

function transactionKey(eventType: EventType, txid: string): string {
  return `tx:${eventType}:${shortened(txid)}`;
}

function dayKey({ eventType, linkId, at }: Pick<Keyed, 'eventType' | 'linkId' | 'at'>): string {
  return `day:${eventType}:${linkId ?? ''}:${at.toISOString().slice(0, 10)}`;
}

function ownerSuffix({ playerId, clickId }: Pick<Keyed, 'playerId' | 'clickId'>): string {
  if (playerId !== null) return `:player:${shortened(playerId)}`;
  return clickId === null ? '' : `:click:${clickId}`;
}

/** Keeps index keys short. Long ids are hashed, so that those with the same beginning stay different. */
function shortened(text: string): string {
  return text.length > MAX_ID_LENGTH ? `sha256:${createHash('sha256').update(text).digest('base64url')}` : text;
}
