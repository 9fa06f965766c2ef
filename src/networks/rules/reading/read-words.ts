import type { ConversionStatus, EventType } from '../../../platform/vocabulary/conversion-words.js';
import type { Notice } from '../../../platform/vocabulary/notice.js';
import type { ReadingRejectReason } from '../../../platform/vocabulary/reject-reasons.js';
import { shown } from './hints.js';
import type { Reader } from './reader.js';
import type { NetworkDialect, ReadEvent } from './reading.js';
import {
  CHARGEBACK,
  EVENT_WORDS,
  type EventMeaning,
  meaningOfWord,
  STATUS_BESIDE_EVENT,
  STATUS_WORDS,
} from './vocabulary.js';

export interface Words extends Pick<ReadEvent, 'eventType' | 'status' | 'networkStatus' | 'isChargeback'> {
  /** Only the status makes it a chargeback. Without a transaction id, it is a rejection of the default event. */
  onlyByStatus: boolean;
  /** No word named the event: the network's default was used, or else the common one. */
  isDefaultEvent: boolean;
  isDefaultStatus: boolean;
  notices: Notice[];
}

export type WordsReading =
  | { kind: 'words'; words: Words }
  | { kind: 'ignored'; hint: string }
  | { kind: 'rejected'; reason: ReadingRejectReason; hint: string };

const IGNORE = 'ignore';
export type StatusMeaning = ConversionStatus | typeof IGNORE;

/** Reads event type and status. Many networks send one word for both: `status=reg`, `status=chargeback`, `goal=hold`. */
export function readWords(reader: Reader): WordsReading {
  const { mapping } = reader.dialect;
  const statusWord = reader.take('status')?.value;
  const eventWord = reader.shares('event', 'status') ? undefined : reader.take('event')?.value;
  const event = eventWord === undefined ? undefined : eventMeaning(eventWord, mapping);
  const ownStatus = statusWord === undefined ? undefined : readStatus(statusWord, mapping, event !== undefined);
  const eventAsStatus =
    eventWord === undefined || event !== undefined ? undefined : statusOfEventWord(eventWord, mapping);
  const status = ownStatus ?? (statusWord === undefined ? eventAsStatus : undefined);
  if (status === IGNORE) {
    return {
      kind: 'ignored',
      hint: `The network's mapping ignores the status "${shown(statusWord ?? eventWord ?? '')}".`,
    };
  }
  const isStatusTwice = eventAsStatus !== undefined && (statusWord === undefined || eventAsStatus === ownStatus);
  if (eventWord !== undefined && event === undefined && !isStatusTwice) {
    const hint = `The event "${shown(eventWord)}" is not mapped: add it with its meaning to the network's mapping.events.`;
    return { kind: 'rejected', reason: 'unmapped_event', hint };
  }
  const statusAsEvent = statusWord !== undefined && event === undefined ? eventMeaning(statusWord, mapping) : undefined;
  if (statusWord !== undefined && status === undefined && statusAsEvent === undefined) {
    const hint = `The status "${shown(statusWord)}" is not mapped: add it with its meaning to the network's mapping.statuses.`;
    return { kind: 'rejected', reason: 'unmapped_status', hint };
  }
  const networkStatus = statusWord ?? (isStatusTwice ? (eventWord ?? null) : null);
  const words = settle({ reader, event, status, statusAsEvent, networkStatus });
  if (isStatusTwice) words.notices.push(readAsStatus(eventWord ?? '', words));
  return { kind: 'words', words };
}

/** The meanings of words that came as the event and as the status, by a dialect; `undefined` for unknown words. */
export function meaningsOf(
  { mapping }: NetworkDialect,
  { event, status }: { event?: string | undefined; status?: string | undefined },
): { event?: EventMeaning | ConversionStatus | undefined; status?: StatusMeaning | EventMeaning | undefined } {
  const ownEvent = event === undefined ? undefined : eventMeaning(event, mapping);
  const readAsStatus = event === undefined ? undefined : statusOfEventWord(event, mapping);
  const ownStatus = status === undefined ? undefined : readStatus(status, mapping, ownEvent !== undefined);
  const readAsEvent = status === undefined ? undefined : eventMeaning(status, mapping);
  return {
    event: ownEvent ?? (readAsStatus === IGNORE ? undefined : readAsStatus),
    status: ownStatus ?? readAsEvent,
  };
}

interface Meanings {
  reader: Reader;
  event: EventMeaning | undefined;
  status: ConversionStatus | undefined;
  statusAsEvent: EventMeaning | undefined;
  networkStatus: string | null;
}

function settle({ reader, event, status, statusAsEvent, networkStatus }: Meanings): Words {
  const { defaults } = reader.dialect;
  const fallback = (defaults.event ?? 'sale') as EventType;
  const takesBack =
    event === CHARGEBACK ||
    (event === undefined && statusAsEvent === CHARGEBACK && (status ?? 'rejected') === 'rejected');
  // A word that is read as the status is not read as the event.
  const meaning = event ?? (status === undefined ? statusAsEvent : undefined);
  const onlyByStatus = takesBack && event === undefined && status !== undefined;
  const isDefaultEvent = takesBack ? onlyByStatus : meaning === undefined || meaning === CHARGEBACK;
  return {
    eventType: takesBack || meaning === undefined || meaning === CHARGEBACK ? fallback : meaning,
    status: takesBack ? 'rejected' : (status ?? ((defaults.status ?? 'approved') as ConversionStatus)),
    networkStatus,
    isChargeback: takesBack,
    onlyByStatus,
    isDefaultEvent,
    isDefaultStatus: !takesBack && status === undefined,
    notices: [],
  };
}

function readAsStatus(word: string, { eventType, status }: Words): Notice {
  const text = `"${shown(word)}" came as the event but is a word for a status: it was read as the status ${status} of the default event ${eventType}.`;
  return { code: 'event_read_as_status', text };
}

/** Reads a word in the event's field as a status of the default event. Numbers are not read: there they number goals. */
function statusOfEventWord(word: string, { statuses }: NetworkDialect['mapping']): StatusMeaning | undefined {
  if (!/\p{L}/u.test(word)) return undefined;
  return ownMeaning<StatusMeaning>(statuses, word) ?? meaningOfWord(STATUS_WORDS, word);
}

function readStatus(
  word: string,
  { events, statuses }: NetworkDialect['mapping'],
  besideEvent: boolean,
): StatusMeaning | undefined {
  const own = ownMeaning<StatusMeaning>(statuses, word);
  if (own !== undefined) return own;
  // The network maps this word to an event, and no other event came: its common meaning as a status does not apply.
  if (!besideEvent && ownMeaning(events, word) !== undefined) return undefined;
  return meaningOfWord(STATUS_WORDS, word) ?? (besideEvent ? meaningOfWord(STATUS_BESIDE_EVENT, word) : undefined);
}

function eventMeaning(word: string, { events }: NetworkDialect['mapping']): EventMeaning | undefined {
  return ownMeaning<EventMeaning>(events, word) ?? meaningOfWord(EVENT_WORDS, word);
}

function ownMeaning<T extends string>(own: Record<string, string>, word: string): T | undefined {
  const key = word.toLowerCase();
  return Object.hasOwn(own, key) ? (own[key] as T) : undefined;
}
