import type { ConversionStatus, EventType } from '../../platform/vocabulary/conversion-words.js';
import { shown } from './hints.js';
import type { Reader } from './reader.js';
import type { NetworkDialect, ReadEvent, RejectReason } from './reading.js';
import { CHARGEBACK, EVENT_WORDS, STATUS_BESIDE_EVENT, STATUS_WORDS } from './vocabulary.js';

export interface Words extends Pick<ReadEvent, 'eventType' | 'status' | 'networkStatus' | 'isChargeback'> {
  /** A chargeback by its status alone: without a transaction id it is one of the default event. */
  onlyByStatus: boolean;
}

export type WordsReading =
  | { kind: 'words'; words: Words }
  | { kind: 'ignored'; hint: string }
  | { kind: 'rejected'; reason: RejectReason; hint: string };

const IGNORE = 'ignore';

/** What happened, and how it stands. Many send one word for both: `status=reg`, `status=chargeback`. */
export function readWords(reader: Reader): WordsReading {
  const { mapping, defaults } = reader.dialect;
  const statusWord = reader.take('status');
  const eventWord = reader.shares('event', 'status') ? undefined : reader.take('event');
  const event = eventWord === undefined ? undefined : translate(eventWord, mapping.events, EVENT_WORDS);
  const status = statusWord === undefined ? undefined : readStatus(statusWord, mapping, event !== undefined);
  if (status === IGNORE) {
    return { kind: 'ignored', hint: `The network's mapping ignores the status "${shown(statusWord ?? '')}".` };
  }
  if (eventWord !== undefined && event === undefined) {
    const hint = `The event "${shown(eventWord)}" is not mapped: say in the network's mapping.events what it means.`;
    return { kind: 'rejected', reason: 'unmapped_event', hint };
  }
  const statusAsEvent =
    statusWord !== undefined && event === undefined ? translate(statusWord, mapping.events, EVENT_WORDS) : undefined;
  if (statusWord !== undefined && status === undefined && statusAsEvent === undefined) {
    const hint = `The status "${shown(statusWord)}" is not mapped: say in the network's mapping.statuses what it means.`;
    return { kind: 'rejected', reason: 'unmapped_status', hint };
  }
  const fallback = (defaults.event ?? 'sale') as EventType;
  const networkStatus = statusWord ?? null;
  const takesBack =
    event === CHARGEBACK ||
    (event === undefined && statusAsEvent === CHARGEBACK && (status ?? 'rejected') === 'rejected');
  const onlyByStatus = takesBack && event === undefined && status !== undefined;
  if (takesBack) {
    const words = { eventType: fallback, status: 'rejected', networkStatus, isChargeback: true, onlyByStatus } as const;
    return { kind: 'words', words };
  }
  // A word that says the status says nothing about the event.
  const said = event ?? (status === undefined ? statusAsEvent : undefined);
  const words = {
    eventType: said === undefined || said === CHARGEBACK ? fallback : said,
    status: status ?? ((defaults.status ?? 'approved') as ConversionStatus),
    networkStatus,
    isChargeback: false,
    onlyByStatus,
  };
  return { kind: 'words', words };
}

function readStatus(
  word: string,
  { events, statuses }: NetworkDialect['mapping'],
  besideEvent: boolean,
): ConversionStatus | typeof IGNORE | undefined {
  const key = word.toLowerCase();
  // The network's own word for an event, and beside none: not what it is commonly a status for.
  if (!besideEvent && Object.hasOwn(events, key) && !Object.hasOwn(statuses, key)) return undefined;
  const status = translate<ConversionStatus | typeof IGNORE>(word, statuses, STATUS_WORDS);
  return status ?? (besideEvent ? translate<ConversionStatus>(word, {}, STATUS_BESIDE_EVENT) : undefined);
}

/** The network's own meaning of a word before the common one, which takes spaces and hyphens for underscores. */
function translate<T extends string>(
  word: string,
  own: Record<string, string>,
  common: Readonly<Record<string, T>>,
): T | undefined {
  const key = word.toLowerCase();
  if (Object.hasOwn(own, key)) return own[key] as T;
  if (Object.hasOwn(common, key)) return common[key];
  const joined = key.replaceAll(/[\s_-]+/g, '_');
  return Object.hasOwn(common, joined) ? common[joined] : undefined;
}
