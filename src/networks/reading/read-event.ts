import type { MoneyContext } from '../../platform/money/read-money.js';
import { type DateOrder, readTime } from '../../platform/time/read-time.js';
import type { Notice } from '../../platform/vocabulary/notice.js';
import { CANONICAL_PARAMS } from '../canonical-params.js';
import { shown, unfilledHints } from './hints.js';
import { findHoles } from './holes.js';
import type { Parameter } from './parameter.js';
import { readClickId } from './read-click-id.js';
import { readPlayerId, readTxid } from './read-identity.js';
import { readPayout } from './read-payout.js';
import { readWords, type Words } from './read-words.js';
import { Reader } from './reader.js';
import type { EventReading, NetworkDialect, ReadEvent } from './reading.js';

const SUBS = CANONICAL_PARAMS.filter((param) => param.startsWith('sub'));

/** What the other rows of a file say about how its values are written. */
export interface FileConventions {
  decimalMark?: MoneyContext['decimalMark'];
  dateOrder?: DateOrder | undefined;
}

/**
 * Reads what a request, a page or a row of a file says: the network's own mapping first, then the names and words that are commonly
 * known, then the network's defaults. Everything is read before anything is refused, so that what each parameter was taken for can
 * always be shown. What was dropped, guessed, translated or left open is in `notices`.
 * @param provesItself whether a value is one of our click ids.
 */
export function readEvent(
  parameters: readonly Parameter[],
  dialect: NetworkDialect,
  provesItself: (value: string) => boolean,
  conventions: FileConventions = {},
): EventReading {
  const reader = new Reader(parameters, dialect);
  const reading = readWords(reader);
  const words = reading.kind === 'words' ? reading.words : UNKNOWN;
  const clickId = readClickId(reader, provesItself, words.eventType === 'revshare');
  const known = clickId.ok ? clickId.value : undefined;
  const txid = readTxid(reader, (value) => value === known || provesItself(value));
  const player = readPlayerId(reader);
  const time = readEventTime(reader, conventions.dateOrder);
  const transaction = txid.ok ? txid.txid : null;
  const settled = settle(words, transaction);
  const payout = readPayout(reader, settled, transaction !== null, conventions.decimalMark);
  for (const sub of SUBS) reader.takeUnused(sub); // only shown: the click has its own
  const takesBack = payout.ok && payout.takesBack;
  const holes = findHoles(reader, {
    ...settled,
    isChargeback: settled.isChargeback || takesBack,
    hasMoney: payout.ok && payout.payout !== null,
    hasTxid: transaction !== null,
    isCurrencyNamed: payout.ok && payout.isCurrencyNamed,
  });
  const additions = {
    ...holes.additions,
    ...(!clickId.ok && clickId.name !== undefined && { click_id: clickId.name }),
  };
  const found = { parameters: reader.report(), additions, ...(known !== undefined && { clickId: known }) };

  if (reading.kind === 'ignored') return { ...found, ...reading, notices: [] };
  const isClickNeeded = !(settled.isChargeback && transaction !== null && !clickId.ok && clickId.name === undefined);
  if (!clickId.ok && isClickNeeded)
    return { ...found, kind: 'rejected', reason: clickId.reason, hint: clickId.hint, notices: [] };
  if (reading.kind === 'rejected') return { ...found, ...reading, notices: [] };
  if (!txid.ok) return { ...found, kind: 'rejected', reason: 'invalid_txid', hint: txid.hint, notices: [] };
  if (settled.isChargeback && transaction === null) {
    return { ...found, kind: 'rejected', reason: 'missing_txid', hint: NOTHING_TO_TAKE_BACK, notices: [] };
  }
  const event: ReadEvent = {
    clickId: known ?? null,
    eventType: settled.eventType,
    isChargeback: settled.isChargeback || takesBack,
    status: takesBack ? 'rejected' : settled.status,
    networkStatus: settled.networkStatus,
    payout: payout.ok ? payout.payout : null,
    isCurrencyNamed: payout.ok && payout.isCurrencyNamed,
    txid: transaction,
    playerId: player.playerId,
    time: time.time,
  };
  if (!payout.ok)
    return { ...found, kind: 'rejected', reason: payout.reason, hint: payout.hint, notices: [], unpriced: event };
  const notices = [
    ...unfilledHints(reader).map((text) => ({ code: 'unfilled_macro', text })),
    ...(clickId.ok ? clickId.notices : []),
    ...words.notices,
    ...txid.notices,
    ...player.notices,
    ...time.notices,
    ...payout.notices,
    ...holes.notices,
  ];
  return { ...found, kind: 'event', event, notices };
}

/** What an amount is read as while it is not known what it is for. */
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

function settle(words: Words, txid: string | null): Words {
  return words.onlyByStatus && txid === null ? { ...words, isChargeback: false } : words;
}

const NOTHING_TO_TAKE_BACK =
  'A chargeback came without a transaction id, so it is not known what it takes back: have the network send the id of the conversion.';

function readEventTime(reader: Reader, order: DateOrder | undefined): { time: Date | null; notices: Notice[] } {
  const isTime = (value: string): boolean => readTime(value, order).kind === 'value';
  const taken = reader.take('time', isTime);
  if (taken) {
    const reading = readTime(taken.value, order);
    return { time: reading.kind === 'value' ? reading.time : null, notices: [] };
  }
  const unreadable = reader.take('time', (value) => readTime(value, order).kind === 'unreadable');
  if (!unreadable) return { time: null, notices: [] };
  const reading = readTime(unreadable.value, order);
  const isAmbiguous = reading.kind === 'unreadable' && reading.reason === 'ambiguous';
  const why = isAmbiguous ? 'may have day and month either way round' : 'cannot be read';
  const text = `The time "${shown(unreadable.value)}" ${why}: the time of arrival counts. Send it as 2026-01-31T12:00:00Z.`;
  return { time: null, notices: [{ code: isAmbiguous ? 'time_ambiguous' : 'time_unreadable', text }] };
}
