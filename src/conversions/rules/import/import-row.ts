import type { Money } from '../../../platform/money/money.js';
import type { ConversionStatus, EventType } from '../../../platform/vocabulary/conversion-words.js';
import type { Notice } from '../../../platform/vocabulary/notice.js';
import type { RowRejectReason } from '../../../platform/vocabulary/reject-reasons.js';
import { chosenKey } from '../../../networks/rules/reading/chosen-key.js';
import type { Parameter } from '../../../networks/rules/reading/parameter.js';
import { type FileConventions, readEvent } from '../../../networks/rules/reading/read-event.js';
import type {
  EventReading,
  MappingAdditions,
  NetworkDialect,
  ReadEvent,
} from '../../../networks/rules/reading/reading.js';
import { isInFuture, notAfter } from '../create-event.js';
import { ChosenColumns } from './column-mapping.js';
import { type OwnColumn, ownColumns } from './import-columns.js';

export interface Rejection {
  reason: RowRejectReason;
  hint: string;
}

/** A row as it is read. */
export interface ConversionRow {
  /** A click id; for revenue that is the link's as a whole the link's id; `null` for a chargeback that names no click. */
  ownerId: string | null;
  isLink: boolean;
  eventType: EventType;
  isChargeback: boolean;
  /** It takes back by its amount, and its status says that the conversion itself is rejected. */
  isRejection?: boolean;
  status: ConversionStatus;
  networkStatus: string | null;
  payout: Money | null;
  isCurrencyNamed: boolean;
  txid: string | null;
  playerId: string | null;
  /** `null`: the file does not say. */
  time: Date | null;
  note: string | null;
  /** Values that were dropped, guessed or left open. */
  notices: Notice[];
  additions: MappingAdditions;
}

export interface ConversionRowContext {
  /** The names of the columns. */
  header: readonly string[];
  dialect: NetworkDialect;
  conventions: FileConventions;
  /** Nothing can have happened later. */
  now: Date;
  provesItself: (value: string) => boolean;
}

const MAX_NAME = 200;
const MAX_NOTE = 500;
const MAX_STATUS = 60;
/** Spreadsheets, and our own exports, put an apostrophe before text that begins like a formula. */
const GUARDED = /^'(?=[=+\-@\t\r＝＋－＠])/;

/** A row's cells, parted into what requests have too and what only files have. */
export interface RowCells {
  parameters: Parameter[];
  own: Partial<Record<OwnColumn, string>>;
}

/** @param chosen the columns that a person has chosen; the dialect that reads the cells must be that of `chosen.applyTo`. */
export function cellsOf(
  fields: readonly string[],
  header: readonly string[],
  chosen = new ChosenColumns(),
  ownAt = ownColumns(header, chosen),
): RowCells {
  const parameters: Parameter[] = [];
  const own: RowCells['own'] = {};
  for (const [i, name] of header.entries()) {
    const value = (fields[i] ?? '').trim().replace(GUARDED, '').trim();
    const column = ownAt[i];
    if (column === undefined) parameters.push({ name, value, key: chosen.keyAt(i) });
    else own[column] ??= value;
  }
  return { parameters, own };
}

/** Understands one row. What cannot be understood is for a person to correct, so it says what is wrong. */
export function readRow(cells: RowCells, context: ConversionRowContext): ConversionRow | Rejection {
  const reading = readCells(cells, context);
  if (reading.kind === 'ignored') return rejected('ignored_status', reading.hint);
  if (reading.kind === 'rejected') return rejected(reading.reason, reading.hint);
  const { event, notices, additions } = reading;
  const { time, note } = { time: rowTime(event.time, notices, context.now), note: cells.own.note || null };
  if (time !== null && 'reason' in time) return time;
  if (event.eventType === 'revshare' && event.txid === null && time === null) {
    return rejected('missing_time', 'A revshare is one a link and day: give its day as time, or a txid.');
  }
  const long = tooLong({ txid: event.txid, player_id: event.playerId }, MAX_NAME) ?? tooLong({ note }, MAX_NOTE);
  if (long !== undefined) return long;
  const { clickId, networkStatus, time: _, ...said } = event;
  return {
    ...said,
    ownerId: clickId,
    isLink: clickId !== null && clickId === cells.own.linkId,
    networkStatus: networkStatus?.slice(0, MAX_STATUS) ?? null,
    time,
    note,
    notices,
    additions,
  };
}

/** The click id that a row names, whatever else is wrong with it. */
export function clickIdOfRow(
  { parameters }: RowCells,
  { dialect, provesItself }: ConversionRowContext,
): string | undefined {
  return readEvent(parameters, dialect, provesItself).clickId;
}

/** A share of revenue may name its link instead of a click, in a column of its own. */
function readCells(
  { parameters, own }: RowCells,
  { dialect, provesItself, conventions }: ConversionRowContext,
): EventReading {
  const reading = readEvent(parameters, dialect, provesItself, conventions);
  const { linkId } = own;
  if (reading.kind !== 'rejected' || reading.reason !== 'missing_click_id' || !linkId) return reading;
  const isChosen = dialect.chosen?.includes('click_id') === true;
  const name = dialect.mapping.params['click_id']?.[0] ?? 'click_id';
  const key = isChosen ? chosenKey('click_id') : undefined;
  const ofLink = readEvent([...parameters, { name, value: linkId, key }], dialect, provesItself, conventions);
  if (ofLink.kind !== 'event' || ofLink.event.eventType === 'revshare') return ofLink;
  return { ...reading, hint: 'There is no click id; only a revshare may name its link instead.' };
}

function rowTime(time: ReadEvent['time'], notices: readonly Notice[], now: Date): Date | null | Rejection {
  const unread = notices.find(({ code }) => code === 'time_unreadable' || code === 'time_ambiguous');
  if (unread) return rejected('invalid_time', unread.text.replace(': the time of arrival counts', ''));
  if (time === null) return null;
  if (isInFuture(time, now)) return rejected('invalid_time', 'Its time is in the future.');
  return notAfter(now, time);
}

function tooLong(values: Record<string, string | null>, max: number): Rejection | undefined {
  const long = Object.entries(values).find(([, value]) => (value?.length ?? 0) > max);
  return (
    long && rejected('too_long', `The ${long[0]} may have at most ${max} characters; this one has ${long[1]?.length}.`)
  );
}

export function rejected(reason: RowRejectReason, hint: string): Rejection {
  return { reason, hint };
}
