import { type EventType, REPEATABLE_EVENT_TYPES } from '../platform/vocabulary/conversion-words.js';
import type { ConversionEvent } from './conversion-event.js';

/**
 * What makes a repeat a repeat, within a network: event type and transaction id where there is one; else event type and
 * click. Where deposits, sales and rebills without a transaction id are to count each time, each request is its own.
 */
export function dedupeKey(
  event: Pick<ConversionEvent, 'eventType' | 'txid' | 'clickId' | 'postbackId' | 'countRepeats'>,
): string {
  const { eventType, txid, clickId, postbackId, countRepeats } = event;
  if (txid !== null) return `tx:${eventType}:${txid}`;
  const isRepeatable = (REPEATABLE_EVENT_TYPES as readonly EventType[]).includes(eventType);
  return isRepeatable && countRepeats ? `once:${eventType}:${postbackId}` : `click:${eventType}:${clickId}`;
}
