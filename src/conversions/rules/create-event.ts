import type { RepeatPolicy } from '../../networks/network.schema.js';
import type { ReadEvent } from '../../networks/rules/reading/reading.js';
import type { ConversionEvent } from './conversion-event.js';

/** A report of a postback, a row of a file or a person, in our vocabulary. */
export type ReportedEvent = Omit<ReadEvent, 'clickId' | 'time'>;

/** The click and the link of an event. A chargeback that names its transaction alone has neither. */
export interface EventOwner {
  linkId: string | null;
  /** The network that the link belongs to. */
  linkNetworkId: string | null;
  clickId: string | null;
  clickedAt: Date | null;
}

export const NO_OWNER: EventOwner = { linkId: null, linkNetworkId: null, clickId: null, clickedAt: null };

/** The network that an event comes from, as far as its conversions depend on it. */
export interface EventNetwork {
  /** `null`: no network. */
  id: string | null;
  transactions: ConversionEvent['transactions'];
  repeats: Readonly<Record<string, RepeatPolicy>>;
}

export const NO_NETWORK: EventNetwork = { id: null, transactions: 'click', repeats: {} };

/** The report that an event comes from. */
export type EventSource = Pick<ConversionEvent, 'origin' | 'at' | 'isTimed' | 'sourceId' | 'note'> & {
  repeatId?: string | undefined;
};

/** Clocks of machines differ by this much at most. Up to here, a time in the future is the present. */
const CLOCK_TOLERANCE_MS = 60_000;

/** The only place where events are built, so that the same words give the same event, whatever way they come. */
export function createEvent(
  reported: ReportedEvent,
  { linkId, linkNetworkId, clickId, clickedAt }: EventOwner,
  network: EventNetwork,
  { origin, at, isTimed, sourceId, note, repeatId }: EventSource,
): ConversionEvent {
  const { eventType, isChargeback, isRejection = false, status, networkStatus } = reported;
  const { payout, isCurrencyNamed, txid, playerId } = reported;
  return {
    origin,
    networkId: network.id,
    linkId,
    clickId,
    clickedAt,
    eventType,
    isChargeback,
    isRejection,
    status,
    networkStatus,
    amount: payout && { payout, revenue: null },
    isCurrencyNamed,
    txid,
    playerId,
    at,
    isTimed,
    sourceId,
    note,
    ...(repeatId !== undefined && { repeatId }),
    countRepeats: network.repeats[eventType] === 'count',
    isOtherNetwork: network.id !== null && linkNetworkId !== null && linkNetworkId !== network.id,
    transactions: network.transactions,
  };
}

/** The earlier of both: nothing happened after its report arrived. */
export function notAfter(arrivedAt: Date, time: Date | null): Date {
  return time !== null && time < arrivedAt ? time : arrivedAt;
}

/** Whether a time is later than clocks can differ. */
export function isInFuture(time: Date, now: Date): boolean {
  return time.getTime() > now.getTime() + CLOCK_TOLERANCE_MS;
}
