import { isNegative, type Money, parseAmount, parseCurrency } from '../../platform/money/money.js';
import { parseTime } from '../../platform/time/parse-time.js';
import type { ConversionStatus, EventType } from '../../platform/vocabulary/conversion-words.js';
import type { ColumnPlaces, ImportColumn } from './import-columns.js';
import { IMPORT_EVENT_WORDS, IMPORT_STATUS_WORDS, plainWord } from './import-words.js';

/** What holds where a row says nothing, and what a network's own words mean; as it was when the file came. */
export interface ImportDialect {
  events: Record<string, string>;
  statuses: Record<string, string>;
  defaults: { event?: string; status?: string; currency?: string; payout?: string };
}

export const REJECT_REASONS = [
  'missing_click_id',
  'malformed_click_id',
  'forged_click_id',
  'unknown_click',
  'unknown_link',
  'test_click_id',
  'unmapped_event',
  'unmapped_status',
  'ignored_status',
  'invalid_amount',
  'invalid_currency',
  'invalid_time',
  'missing_time',
  'too_long',
  'too_many_cells',
] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

export interface Rejection {
  reason: RejectReason;
  hint: string;
}

/** What a row says. */
export interface ImportRow {
  /** A click id; for revenue that is the link's as a whole the link's id. */
  ownerId: string;
  isLink: boolean;
  eventType: EventType;
  status: ConversionStatus;
  networkStatus: string | null;
  payout: Money | null;
  txid: string | null;
  playerId: string | null;
  /** `null`: the file does not say. */
  time: Date | null;
  note: string | null;
}

export interface RowContext {
  places: ColumnPlaces;
  dialect: ImportDialect;
  /** Nothing can have happened later. */
  now: Date;
}

const MAX_NAME = 200;
const MAX_NOTE = 500;
/** Clocks differ a little. */
const TOLERANCE_MS = 60_000;
/** Spreadsheets, and our own exports, put an apostrophe before text that begins like a formula. */
const GUARDED = /^'(?=[=+\-@\t\r＝＋－＠])/;

type Cells = (column: ImportColumn) => string;

/** Understands one row. What it can not understand is for a person to mend, so it says what is wrong. */
export function readRow(fields: readonly string[], context: RowContext): ImportRow | Rejection {
  const { places, now } = context;
  const cell: Cells = (column) => {
    const place = places[column];
    return place === undefined ? '' : (fields[place] ?? '').trim().replace(GUARDED, '').trim();
  };
  const words = readWords(cell, context.dialect);
  if ('reason' in words) return words;
  const owner = readOwner(cell, words.eventType);
  if ('reason' in owner) return owner;
  const payout = readPayout(cell, words, context.dialect);
  if (payout !== null && 'reason' in payout) return payout;
  const time = readTime(cell('time'), now);
  if (time !== null && 'reason' in time) return time;
  const txid = cell('txid') || null;
  if (words.eventType === 'revshare' && txid === null && time === null) {
    return rejected('missing_time', 'A revshare is one a link and day: give its day as time, or a txid.');
  }
  const long = tooLong(cell);
  if (long !== undefined) return long;
  return { ...words, ...owner, payout, time, txid, playerId: cell('player_id') || null, note: cell('note') || null };
}

type Words = Pick<ImportRow, 'eventType' | 'status' | 'networkStatus'>;

function readWords(cell: Cells, { events, statuses, defaults }: ImportDialect): Words | Rejection {
  const [eventWord, statusWord] = [cell('event'), cell('status')];
  const event = eventWord === '' ? (defaults.event ?? 'sale') : meaning(eventWord, events, IMPORT_EVENT_WORDS);
  if (event === undefined) return rejected('unmapped_event', `"${cut(eventWord)}" is no event type that is known.`);
  const status =
    statusWord === '' ? (defaults.status ?? 'approved') : meaning(statusWord, statuses, IMPORT_STATUS_WORDS);
  if (status === undefined) return rejected('unmapped_status', `"${cut(statusWord)}" is no status that is known.`);
  if (status === 'ignore') return rejected('ignored_status', `The network's mapping ignores "${cut(statusWord)}".`);
  const networkStatus = statusWord === '' ? null : cut(statusWord);
  return { eventType: event as EventType, status: status as ConversionStatus, networkStatus };
}

function meaning(
  word: string,
  own: Record<string, string>,
  common: Readonly<Record<string, string>>,
): string | undefined {
  const lower = word.toLowerCase();
  if (Object.hasOwn(own, lower)) return own[lower];
  const plain = plainWord(word);
  return Object.hasOwn(common, plain) ? common[plain] : undefined;
}

function readOwner(cell: Cells, eventType: EventType): Pick<ImportRow, 'ownerId' | 'isLink'> | Rejection {
  const [clickId, linkId] = [cell('click_id'), cell('link_id')];
  if (clickId !== '') return { ownerId: clickId, isLink: false };
  if (eventType === 'revshare' && linkId !== '') return { ownerId: linkId, isLink: true };
  return rejected('missing_click_id', 'There is no click id; only a revshare may name its link instead.');
}

function readPayout(cell: Cells, { eventType, status }: Words, { defaults }: ImportDialect): Money | null | Rejection {
  const text = cell('payout') || defaults.payout;
  if (text === undefined) return null;
  const amount = parseAmount(text);
  if (amount === undefined) return rejected('invalid_amount', `"${cut(text)}" is not an amount.`);
  if (isNegative(amount) && eventType !== 'revshare') {
    // A reversal says by its status that the money is gone; its amount must not become the payout.
    if (status === 'rejected') return null;
    return rejected('invalid_amount', `Only a revshare or a rejected row can be negative; this is ${amount}.`);
  }
  const code = cell('currency') || defaults.currency;
  if (code === undefined) return rejected('invalid_currency', 'There is a payout, but no currency for it.');
  const currency = parseCurrency(code);
  if (currency === undefined) return rejected('invalid_currency', `"${cut(code)}" is not an ISO 4217 currency.`);
  return { amount, currency };
}

function readTime(text: string, now: Date): Date | null | Rejection {
  if (text === '') return null;
  const time = parseTime(text);
  if (time === undefined) {
    return rejected('invalid_time', `"${cut(text)}" is not a time such as 2026-01-31T12:00:00Z.`);
  }
  if (time.getTime() > now.getTime() + TOLERANCE_MS) return rejected('invalid_time', 'Its time is in the future.');
  return time < now ? time : now;
}

function tooLong(cell: Cells): Rejection | undefined {
  const limits = { txid: MAX_NAME, player_id: MAX_NAME, note: MAX_NOTE } as const;
  for (const [column, max] of Object.entries(limits)) {
    if (cell(column as ImportColumn).length > max) {
      return rejected('too_long', `The ${column} has more than ${max} characters.`);
    }
  }
  return undefined;
}

export function rejected(reason: RejectReason, hint: string): Rejection {
  return { reason, hint };
}

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
