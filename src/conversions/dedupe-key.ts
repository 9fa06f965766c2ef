import { createHash } from 'node:crypto';
import { type EventType, REPEATABLE_EVENT_TYPES } from '../platform/vocabulary/conversion-words.js';
import { clickOf } from './click-of.js';
import type { ConversionEvent } from './conversion-event.js';

const MAX_PLAIN = 200;

type Keyed = Pick<
  ConversionEvent,
  'origin' | 'eventType' | 'txid' | 'clickId' | 'linkId' | 'at' | 'sourceId' | 'countRepeats'
>;

/**
 * What makes a repeat a repeat, within a network: event type and transaction id where there is one; else event type and
 * click; for a share of revenue the link and the day. Where deposits, sales and rebills without a transaction id are to
 * count each time, each request is its own. A page's idea of a transaction id names nothing that happens only once.
 */
export function dedupeKey(event: Keyed): string {
  const { origin, eventType, txid, linkId, at, sourceId, countRepeats } = event;
  const isPixel = origin === 'pixel';
  if (txid !== null && !(isPixel && !isRepeatable(eventType))) {
    return `tx:${eventType}:${txid.length > MAX_PLAIN ? digest(txid) : txid}`;
  }
  const clickId = clickOf(event);
  if (clickId === null) return `day:${eventType}:${linkId ?? ''}:${at.toISOString().slice(0, 10)}`;
  if (isRepeatable(eventType) && countRepeats && !isPixel) return `once:${eventType}:${sourceId}`;
  return clickKey(eventType, clickId);
}

/** The key of what happens once a click, as far as anybody said. */
export function clickKey(eventType: EventType, clickId: string): string {
  return `click:${eventType}:${clickId}`;
}

function isRepeatable(eventType: EventType): boolean {
  return (REPEATABLE_EVENT_TYPES as readonly EventType[]).includes(eventType);
}

/** Keys of an index are to be short; two long ids with the same beginning are two all the same. */
function digest(txid: string): string {
  return `sha256:${createHash('sha256').update(txid).digest('base64url')}`;
}
