import { type EventType, REPEATABLE_EVENT_TYPES } from '../platform/vocabulary/conversion-words.js';
import { createHash } from 'node:crypto';
import type { ConversionEvent } from './conversion-event.js';

const MAX_PLAIN = 200;

/**
 * What makes a repeat a repeat, within a network: event type and transaction id where there is one; else event type and
 * click. Where deposits, sales and rebills without a transaction id are to count each time, each request is its own.
 */
export function dedupeKey(
  event: Pick<ConversionEvent, 'eventType' | 'txid' | 'clickId' | 'postbackId' | 'countRepeats'>,
): string {
  const { eventType, txid, clickId, postbackId, countRepeats } = event;
  if (txid !== null) return `tx:${eventType}:${txid.length > MAX_PLAIN ? digest(txid) : txid}`;
  const isRepeatable = (REPEATABLE_EVENT_TYPES as readonly EventType[]).includes(eventType);
  return isRepeatable && countRepeats ? `once:${eventType}:${postbackId}` : `click:${eventType}:${clickId}`;
}

/** Keys of an index are to be short; two long ids with the same beginning are two all the same. */
function digest(txid: string): string {
  return `sha256:${createHash('sha256').update(txid).digest('base64url')}`;
}
