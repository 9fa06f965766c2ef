import { clickOf } from '../../conversions/rules/click-of.js';
import type { ConversionEvent } from '../../conversions/rules/conversion-event.js';
import type { Network } from '../../networks/network.schema.js';
import type { ReadEvent } from '../../networks/rules/reading/reading.js';
import type { LogEntry } from '../process/log-entry.js';

/** The facts of a log entry that an event depends on. */
export type EntryFacts = Pick<LogEntry, '_id' | 'receivedAt' | 'origin' | 'signed'>;

/** The click and link of an event. A chargeback that names its transaction alone has neither. */
export interface EventOwner {
  linkId: string | null;
  linkNetworkId: string | null;
  clickId: string | null;
  clickedAt: Date | null;
}

const DAY_MS = 86_400_000;

export function toConversionEvent(
  network: Network,
  event: ReadEvent,
  { linkId, linkNetworkId, clickId, clickedAt }: EventOwner,
  entry: EntryFacts,
  note: string | null,
): ConversionEvent {
  const {
    eventType,
    isChargeback,
    isRejection = false,
    status,
    networkStatus,
    payout,
    isCurrencyNamed,
    txid,
    playerId,
    time,
  } = event;
  const at = earlier(time ?? signedDay(event, clickId, entry), entry.receivedAt);
  return {
    origin: entry.origin,
    networkId: network._id,
    linkId,
    clickId,
    clickedAt,
    eventType,
    isChargeback,
    isRejection,
    status,
    networkStatus,
    amount: payout && { payout, revenue: null },
    txid,
    playerId,
    at,
    isTimed: time !== null,
    sourceId: entry._id,
    note,
    // The signature of the same text is the same message: without a transaction id, it is what tells repeats apart.
    ...(entry.signed && { repeatId: `sig:${entry.signed.id}` }),
    countRepeats: network.repeats[eventType] === 'count',
    isCurrencyNamed,
    isOtherNetwork: linkNetworkId !== null && linkNetworkId !== network._id,
    transactions: network.transactions,
  };
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
  return `It happened ${after} days after the click, and this network's window for ${eventType} is ${days}: accept it by hand, or widen the window and replay it.`;
}

/** An event that only its day tells apart belongs to the day on which it was signed: else it would count again the day after. */
function signedDay({ eventType }: ReadEvent, clickId: string | null, { signed }: EntryFacts): Date | null {
  return signed !== undefined && clickOf({ clickId, eventType }) === null ? signed.at : null;
}

function earlier(time: Date | null, receivedAt: Date): Date {
  return time !== null && time < receivedAt ? time : receivedAt;
}
