import { clickOf } from '../../conversions/rules/click-of.js';
import type { ConversionEvent } from '../../conversions/rules/conversion-event.js';
import { createEvent, type EventOwner, notAfter } from '../../conversions/rules/create-event.js';
import type { Network } from '../../networks/network.schema.js';
import type { ReadEvent } from '../../networks/rules/reading/reading.js';
import type { LogEntry } from '../process/log-entry.js';

/** The facts of a log entry that an event depends on. */
export type EntryFacts = Pick<LogEntry, '_id' | 'receivedAt' | 'origin' | 'signed'>;

const DAY_MS = 86_400_000;

export function toConversionEvent(
  { _id, transactions, repeats }: Pick<Network, '_id' | 'transactions' | 'repeats'>,
  event: ReadEvent,
  owner: EventOwner,
  entry: EntryFacts,
  note: string | null,
): ConversionEvent {
  const { origin, receivedAt, signed } = entry;
  const { time } = event;
  const source = {
    origin,
    at: notAfter(receivedAt, time ?? signedDay(event, owner.clickId, entry)),
    isTimed: time !== null,
    sourceId: entry._id,
    note,
    // The signature of the same text is the same message: without a transaction id, it is what tells repeats apart.
    repeatId: signed && `sig:${signed.id}`,
  };
  return createEvent(event, owner, { id: _id, transactions, repeats }, source);
}

/** @returns a hint, when the event came after the network's attribution window. */
export function outsideWindow(
  { windows }: Pick<Network, 'windows'>,
  { eventType, at, clickedAt }: ConversionEvent,
): string | undefined {
  const days = windows[eventType];
  if (days === undefined || clickedAt === null) return undefined;
  const after = Math.floor((at.getTime() - clickedAt.getTime()) / DAY_MS);
  if (at.getTime() - clickedAt.getTime() <= days * DAY_MS) return undefined;
  return `It happened ${after} days after the click, and this network's attribution window for ${eventType} is ${days}: accept it manually, or set a longer window and replay it.`;
}

/** An event that only its day tells apart belongs to the day on which it was signed: else it would count again the day after. */
function signedDay({ eventType }: ReadEvent, clickId: string | null, { signed }: EntryFacts): Date | null {
  return signed !== undefined && clickOf({ clickId, eventType }) === null ? signed.at : null;
}
