import type { MoneyContext } from '../../../platform/money/read-money.js';
import { type DateOrder, readTime, type TimeReading } from '../../../platform/time/read-time.js';
import type { Notice } from '../../../platform/vocabulary/notice.js';
import type { ReadingRejectReason } from '../../../platform/vocabulary/reject-reasons.js';
import { CANONICAL_PARAMS } from '../canonical-params.js';
import { shown, unfilledHints } from './hints.js';
import { findMissingValues } from './missing-values.js';
import type { Parameter } from './parameter.js';
import { type SentClickId, readClickId } from './read-click-id.js';
import { readPlayerId, readTxid, type TxidReading } from './read-identity.js';
import { type PayoutReading, readPayout } from './read-payout.js';
import { readWords, type Words, type WordsReading } from './read-words.js';
import { Reader } from './reader.js';
import type { EventReading, MappingAdditions, NetworkDialect, ReadEvent } from './reading.js';

const SUBS = CANONICAL_PARAMS.filter((param) => param.startsWith('sub'));

/** Formats that the other rows of a file show. */
export interface FileConventions {
  decimalMark?: MoneyContext['decimalMark'];
  dateOrder?: DateOrder | undefined;
}

/**
 * Reads a request, a page's report or a row of a file. The network's own mapping comes first, then the common names and words,
 * then the network's defaults. Everything is read before a request is refused, so that the use of each parameter can always be
 * shown. `notices` name values that were dropped, guessed, translated or left open.
 * @param provesItself whether a value is a click id with a valid signature.
 */
export function readEvent(
  parameters: readonly Parameter[],
  dialect: NetworkDialect,
  provesItself: (value: string) => boolean,
  conventions: FileConventions = {},
): EventReading {
  const reader = new Reader(parameters, dialect);
  const parts = readParts(reader, provesItself, conventions);
  const { clickId, additions } = parts;
  const found: Found = { parameters: reader.report(), additions, notices: [] };
  if (clickId.ok) found.clickId = clickId.value;
  if (parts.reading.kind === 'ignored') return Object.assign(found, parts.reading);
  const refusal = refusalOf(parts);
  if (refusal !== undefined) return Object.assign(found, { kind: 'rejected' as const }, refusal);
  found.notices = noticesOf(reader, parts);
  return Object.assign(found, { kind: 'event' as const, event: eventOf(parts) });
}

type Found = Omit<EventReading, 'kind' | 'event' | 'hint'>;

/** All parts of the reading, valid or not. */
interface Parts {
  reading: WordsReading;
  words: Words;
  clickId: SentClickId;
  txid: TxidReading;
  player: ReturnType<typeof readPlayerId>;
  time: ReturnType<typeof readEventTime>;
  payout: PayoutReading;
  holeNotices: Notice[];
  additions: MappingAdditions;
}

function readParts(reader: Reader, provesItself: (value: string) => boolean, conventions: FileConventions): Parts {
  const reading = readWords(reader);
  const known = reading.kind === 'words' ? reading.words : UNKNOWN;
  const clickId = readClickId(reader, provesItself, known.eventType === 'revshare');
  const sentClickId = clickId.ok ? clickId.value : undefined;
  const txid = readTxid(reader, (value) => value === sentClickId || provesItself(value));
  const player = readPlayerId(reader);
  const time = readEventTime(reader, conventions.dateOrder);
  const hasTxid = txid.ok && txid.txid !== null;
  const words = known.onlyByStatus && !hasTxid ? { ...known, isChargeback: false } : known;
  const payout = readPayout(reader, words, hasTxid, conventions.decimalMark);
  for (const sub of SUBS) reader.takeUnused(sub); // shown only: the click has its own sub ids
  const { notices, additions } = findMissingValues(reader, {
    eventType: words.eventType,
    isChargeback: words.isChargeback || (payout.ok && payout.takesBack),
    hasMoney: payout.ok && payout.payout !== null,
    hasTxid,
    isDefaultEvent: words.isDefaultEvent,
    isDefaultStatus: words.isDefaultStatus,
    isCurrencyNamed: payout.ok && payout.isCurrencyNamed,
  });
  if (!clickId.ok && clickId.name !== undefined) additions.click_id = clickId.name;
  return { reading, words, clickId, txid, player, time, payout, holeNotices: notices, additions };
}

/** The first reason to refuse a request; `undefined` if it is valid. */
function refusalOf(parts: Parts): { reason: ReadingRejectReason; hint: string; unpriced?: ReadEvent } | undefined {
  const { reading, words, clickId, txid, payout } = parts;
  const transaction = txid.ok ? txid.txid : null;
  const isNamedByTxid = words.isChargeback && transaction !== null && !clickId.ok && clickId.name === undefined;
  if (!clickId.ok && !isNamedByTxid) return { reason: clickId.reason, hint: clickId.hint };
  if (reading.kind === 'rejected') return { reason: reading.reason, hint: reading.hint };
  if (!txid.ok) return { reason: 'invalid_txid', hint: txid.hint };
  if (words.isChargeback && transaction === null) return { reason: 'missing_txid', hint: NOTHING_TO_TAKE_BACK };
  return payout.ok ? undefined : { reason: payout.reason, hint: payout.hint, unpriced: eventOf(parts) };
}

function eventOf({ words, clickId, txid, player, time, payout }: Parts): ReadEvent {
  const takesBack = payout.ok && payout.takesBack;
  return {
    clickId: clickId.ok ? clickId.value : null,
    eventType: words.eventType,
    isChargeback: words.isChargeback || takesBack,
    ...(takesBack && !words.isChargeback && words.status === 'rejected' && { isRejection: true }),
    status: takesBack ? 'rejected' : words.status,
    networkStatus: words.networkStatus,
    payout: payout.ok ? payout.payout : null,
    isCurrencyNamed: payout.ok && payout.isCurrencyNamed,
    txid: txid.ok ? txid.txid : null,
    playerId: player.playerId,
    time: time.time,
  };
}

function noticesOf(reader: Reader, { clickId, words, txid, player, time, payout, holeNotices }: Parts): Notice[] {
  const notices = unfilledHints(reader).map((text) => ({ code: 'unfilled_macro', text }));
  if (clickId.ok) notices.push(...clickId.notices);
  notices.push(...words.notices);
  if (txid.ok) notices.push(...txid.notices);
  notices.push(...player.notices, ...time.notices);
  if (payout.ok) notices.push(...payout.notices);
  notices.push(...holeNotices);
  return notices;
}

/** Used to read the amount when event and status are not known. */
const UNKNOWN: Words = {
  eventType: 'sale',
  status: 'approved',
  networkStatus: null,
  isChargeback: false,
  onlyByStatus: false,
  isDefaultEvent: false,
  isDefaultStatus: false,
  notices: [],
};

const NOTHING_TO_TAKE_BACK =
  'The chargeback has no transaction id, so it is unknown which conversion it takes back: let the network send the transaction id of that conversion.';

function readEventTime(reader: Reader, order: DateOrder | undefined): { time: Date | null; notices: Notice[] } {
  const readings = new Map<string, TimeReading>();
  const kindOf = (value: string): TimeReading['kind'] => {
    const reading = readings.get(value) ?? readTime(value, order);
    readings.set(value, reading);
    return reading.kind;
  };
  const taken =
    reader.take('time', (value) => kindOf(value) === 'value') ??
    reader.take('time', (value) => kindOf(value) === 'unreadable');
  const reading = taken && readings.get(taken.value);
  if (reading === undefined || reading.kind === 'absent') return { time: null, notices: [] };
  if (reading.kind === 'value') return { time: reading.time, notices: [] };
  const isAmbiguous = reading.reason === 'ambiguous';
  const why = isAmbiguous ? 'could be two days, as day and month can be in either order' : 'cannot be read';
  const text = `The time "${shown(taken?.value ?? '')}" ${why}: the time of arrival counts. Send it as 2026-01-31T12:00:00Z.`;
  return { time: null, notices: [{ code: isAmbiguous ? 'time_ambiguous' : 'time_unreadable', text }] };
}
