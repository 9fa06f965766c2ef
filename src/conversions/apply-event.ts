import { newId } from '../platform/ids/ids.js';
import type { Money } from '../platform/money/money.js';
import type { Conversion, ConversionFlag, HistoryEntry } from './conversion.schema.js';
import type { ConversionEvent } from './conversion-event.js';
import { decidingAmount, sameMoney, type TimedAmount } from './deciding-amount.js';
import { dedupeKey } from './dedupe-key.js';
import { compareAuthority, decidingStatus } from './status.js';

/** A conversion without its tenant: what the rules work on. */
export type ConversionState = Omit<Conversion, 'workspaceId'>;

/** How long a click may take to be stored; a moment as a rule, longer while MongoDB is out. */
const FACTS_PATIENCE_MS = 7 * 86_400_000;

export function newConversion(event: ConversionEvent, now: Date): ConversionState {
  const { networkId, linkId, clickId, clickedAt, eventType, txid, playerId, at } = event;
  if (linkId === null) throw new Error('only a chargeback may name no link');
  const state: ConversionState = {
    _id: newId('cnv', now.getTime()),
    networkId,
    linkId,
    clickId,
    clickedAt,
    eventType,
    dedupeKey: dedupeKey(event),
    txid,
    playerId,
    ...statusFields(event),
    ...amountFields(timedAmount(event)),
    isFtd: false,
    clickVersion: null,
    convertedAt: at,
    history: [],
    flags: [],
    facts: null,
    ...(clickId !== null && { factsDue: new Date(now.getTime() + FACTS_PATIENCE_MS) }),
    createdAt: now,
    updatedAt: now,
  };
  return { ...state, flags: flagsOf(state), history: [historyEntry(event, state)] };
}

/**
 * What a further word about the same transaction makes of it. `changed` is false when it says nothing new; even then the
 * later time that an equal word names is kept, as it decides between words still to come. A repeat that names no time
 * has only come again, and leaves the very same conversion. Once the network has spoken, a page's
 * pixel says nothing any more, and what it had said before is forgotten: so it does not matter which came first.
 */
export function applyEvent(
  before: ConversionState,
  event: ConversionEvent,
  now: Date,
): { after: ConversionState; changed: boolean } {
  const authority = compareAuthority(event.origin, before.statusOrigin);
  if (authority < 0) return { after: before, changed: false };
  const status = decidingStatus(
    { status: before.status, at: before.statusAt, networkStatus: before.networkStatus, origin: before.statusOrigin },
    event,
  );
  const isFirstOfItsKind = authority > 0;
  const amount = decidingAmount(isFirstOfItsKind ? null : knownAmount(before), timedAmount(event));
  const changed = status.status !== before.status || !sameMoney(amount?.payout ?? null, before.payout);
  const isTold = changed || (event.note !== null && !isKnownNote(before, event));
  const merged: ConversionState = {
    ...before,
    ...statusFields(status),
    ...amountFields(amount),
    playerId: isFirstOfItsKind ? event.playerId : smaller(before.playerId, event.playerId),
    clickId: before.eventType === 'revshare' ? smaller(before.clickId, event.clickId) : before.clickId,
    convertedAt: isFirstOfItsKind || event.at < before.convertedAt ? event.at : before.convertedAt,
    updatedAt: now,
  };
  if (!isTold && isTheSame(before, merged, event)) return { after: before, changed: false };
  const after = {
    ...merged,
    flags: flagsOf(merged),
    history: isTold ? [...before.history, historyEntry(event, merged)] : before.history,
  };
  return { changed, after };
}

/** With the revenue that it lacked, as there was no exchange rate for its day. */
export function withRevenue<T extends ConversionState>(before: T, revenue: Money, now: Date): T {
  const after = { ...before, revenue, updatedAt: now };
  return { ...after, flags: flagsOf(after) };
}

/** Of two that have the same status and payout. A time that nobody named is no news. */
function isTheSame(a: ConversionState, b: ConversionState, { isTimed }: ConversionEvent): boolean {
  const isSameTime = (one: Date | null, other: Date | null): boolean => one?.getTime() === other?.getTime();
  return (
    a.networkStatus === b.networkStatus &&
    a.statusOrigin === b.statusOrigin &&
    a.payoutOrigin === b.payoutOrigin &&
    a.payoutStatus === b.payoutStatus &&
    a.playerId === b.playerId &&
    a.clickId === b.clickId &&
    isSameTime(a.convertedAt, b.convertedAt) &&
    (!isTimed || (isSameTime(a.statusAt, b.statusAt) && isSameTime(a.payoutAt, b.payoutAt)))
  );
}

function statusFields({
  status,
  at,
  networkStatus,
  origin,
}: Pick<ConversionEvent, 'status' | 'at' | 'networkStatus' | 'origin'>): Pick<
  ConversionState,
  'status' | 'statusAt' | 'networkStatus' | 'statusOrigin'
> {
  return { status, statusAt: at, networkStatus, statusOrigin: origin };
}

type AmountFields = Pick<ConversionState, 'payout' | 'revenue' | 'payoutAt' | 'payoutOrigin' | 'payoutStatus'>;

function amountFields(amount: TimedAmount | null): AmountFields {
  return {
    payout: amount?.payout ?? null,
    revenue: amount?.revenue ?? null,
    payoutAt: amount?.at ?? null,
    payoutOrigin: amount?.origin ?? null,
    payoutStatus: amount?.status ?? null,
  };
}

function timedAmount({ amount, at, origin, status }: ConversionEvent): TimedAmount | null {
  // A person who names an amount means it, whatever the status.
  return amount && { at, origin, status: origin === 'manual' ? 'approved' : status, ...amount };
}

function knownAmount(state: ConversionState): TimedAmount | null {
  const { payout, revenue, payoutAt, payoutOrigin, payoutStatus } = state;
  if (payout === null || payoutAt === null) return null;
  // Conversions of before origins were kept came by postback.
  return {
    payout,
    revenue: revenue ?? null,
    at: payoutAt,
    origin: payoutOrigin ?? 'postback',
    status: payoutStatus ?? state.status,
  };
}

function historyEntry(event: ConversionEvent, after: ConversionState): HistoryEntry {
  const { status, networkStatus, payout } = after;
  const { at, origin, sourceId, note } = event;
  return { at, status, networkStatus, payout, origin, sourceId, note };
}

/** The same file again brings the same notes. */
function isKnownNote({ history }: ConversionState, { note, origin, at }: ConversionEvent): boolean {
  return history.some((entry) => entry.note === note && entry.origin === origin && entry.at.getTime() === at.getTime());
}

function flagsOf(state: ConversionState): ConversionFlag[] {
  const flags: ConversionFlag[] = [];
  if (state.payout !== null && state.revenue === null) flags.push('rate_missing');
  if (state.clickedAt !== null && state.convertedAt < state.clickedAt) flags.push('before_click');
  if (state.statusOrigin === 'pixel') flags.push('pixel_only');
  return flags;
}

/** Of two ids the smaller, so that it does not matter which came first; of one link's click ids that is the older. */
function smaller(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
