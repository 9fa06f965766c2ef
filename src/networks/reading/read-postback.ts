import { CANONICAL_PARAMS } from '../canonical-params.js';
import { parseTime } from '../../platform/time/parse-time.js';
import { shown, unfilledHints } from './hints.js';
import type { Parameter } from './parameter.js';
import { readClickId } from './read-click-id.js';
import { readMoney } from './read-money.js';
import { readWords, type Words } from './read-words.js';
import { Reader } from './reader.js';
import type { NetworkDialect, PostbackReading, ReadEvent } from './reading.js';
import { NO_PLAYER, NO_TXID } from './vocabulary.js';

const SUBS = CANONICAL_PARAMS.filter((param) => param.startsWith('sub'));

/**
 * Reads a postback: the network's own mapping first, then the aliases that everybody knows, then the network's defaults.
 * Everything is read before anything is refused, so that what each parameter was taken for can always be told.
 * @param provesItself whether a value is one of our click ids.
 */
export function readPostback(
  parameters: readonly Parameter[],
  dialect: NetworkDialect,
  provesItself: (value: string) => boolean,
): PostbackReading {
  const reader = new Reader(parameters, dialect);
  const reading = readWords(reader);
  const clickId = readClickId(reader, provesItself, reading.kind === 'words' && reading.words.eventType === 'revshare');
  const { hints, ...details } = readDetails(reader, clickId.ok ? clickId.value : undefined);
  const words = reading.kind === 'words' ? settled(reading.words, details.txid) : UNKNOWN;
  const money = readMoney(reader, words);
  for (const sub of SUBS) reader.takeUnused(sub); // only told: the click has its own
  const told = { parameters: reader.report(), ...(clickId.ok && { clickId: clickId.value }) };

  if (reading.kind === 'ignored') return { ...told, ...reading };
  if (!clickId.ok) return { kind: 'rejected', reason: clickId.reason, hint: clickId.hint, ...told };
  if (reading.kind === 'rejected') return { ...told, ...reading };
  if (words.isChargeback && details.txid === null) {
    return { kind: 'rejected', reason: 'missing_txid', hint: NOTHING_TO_TAKE_BACK, ...told };
  }
  if (!money.ok) return { kind: 'rejected', reason: money.reason, hint: money.hint, ...told };

  const event = { clickId: clickId.value, ...words, payout: money.payout, ...details };
  const hint = [...unfilledHints(reader), ...hints].join(' ');
  return { kind: 'event', event, hint: hint === '' ? null : hint, ...told };
}

type Happening = Pick<ReadEvent, 'eventType' | 'status' | 'networkStatus' | 'isChargeback'>;

/** What an amount is read as while nobody knows what it is for. */
const UNKNOWN: Happening = { eventType: 'sale', status: 'approved', networkStatus: null, isChargeback: false };

function settled({ onlyByStatus, ...words }: Words, txid: string | null): Happening {
  return onlyByStatus && txid === null ? { ...words, isChargeback: false } : words;
}

const NOTHING_TO_TAKE_BACK =
  'A chargeback came without a transaction id, so nobody can tell what it takes back: have the network send the one of the conversion.';

type Details = Pick<ReadEvent, 'txid' | 'playerId' | 'time'> & { hints: string[] };

function readDetails(reader: Reader, clickId: string | undefined): Details {
  const txid = reader.take('txid', (value) => value !== clickId && !NO_TXID.has(value.toLowerCase())) ?? null;
  const playerId = reader.take('player_id', (value) => !NO_PLAYER.has(value.toLowerCase())) ?? null;
  const readable = reader.take('time', (value) => parseTime(value) !== undefined);
  const time = readable === undefined ? null : (parseTime(readable) ?? null);
  const unreadable = time === null ? reader.take('time') : undefined;
  const hints =
    unreadable === undefined ? [] : [`The time "${shown(unreadable)}" can not be read: its arrival counts.`];
  return { txid, playerId, time, hints };
}
