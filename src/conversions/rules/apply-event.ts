import { newId } from '../../platform/ids/ids.js';
import type { Money } from '../../platform/money/money.js';
import type { AppliedUpdate } from './applied-update.js';
import type { ConversionState } from './conversion-state.js';
import type { ConversionFlag, HistoryEntry } from '../conversion.schema.js';
import type { ConversionEvent } from './conversion-event.js';
import { sameMoney } from './deciding-amount.js';
import { keepsFirstAmount, paymentTypes } from './dedupe-key.js';
import { findRepeated, knownUpdates, updateOf, withNamedCurrency, withUpdate } from './known-updates.js';
import { type Settlement, settleUpdates } from './settle-updates.js';
import { compareAuthority } from './status.js';

/** What a further event makes of a conversion. */
export interface AppliedChange {
  after: ConversionState;
  /** False when it says nothing new. */
  changed: boolean;
  /** The same was applied before. */
  isRepeat: boolean;
  settled: Settlement;
}

/** How long a click may take to be stored; a moment as a rule, longer while MongoDB is out. */
const FACTS_PATIENCE_MS = 7 * 86_400_000;
/** Flags that say where a conversion comes from. The others follow from what it is. */
const LASTING_FLAGS: ReadonlySet<ConversionFlag> = new Set(['txid_reused', 'other_network']);

export function newConversion(
  event: ConversionEvent,
  now: Date,
  key: { dedupeKey: string; isReused?: boolean },
): ConversionState {
  const { networkId, linkId, clickId, clickedAt, eventType, txid, playerId, at } = event;
  if (linkId === null) throw new Error('only a chargeback may name no link');
  const { dedupeKey } = key;
  const update = updateOf(event);
  const settled = settleUpdates([update], { keepsFirstAmount: false });
  const state: ConversionState = {
    _id: newId('cnv', now.getTime()),
    networkId,
    linkId,
    clickId,
    clickedAt,
    eventType,
    dedupeKey,
    txid,
    playerId,
    ...settledFields(settled),
    updates: update.takesBack ? [update] : undefined,
    revenue: null,
    isFtd: false,
    clickVersion: null,
    convertedAt: at,
    history: [],
    flags: [
      ...(key.isReused ? ['txid_reused' as const] : []),
      ...(event.isOtherNetwork ? ['other_network' as const] : []),
    ],
    facts: null,
    ...(clickId !== null && { factsDue: new Date(now.getTime() + FACTS_PATIENCE_MS) }),
    createdAt: now,
    updatedAt: now,
  };
  return { ...state, flags: flagsOf(state), history: [historyEntry(event, state)] };
}

/**
 * What a further event about the same transaction makes of it. One that repeats an earlier one and names no later time leaves
 * the very same conversion. Once the network has told of it, a page's pixel says nothing any more, and what it had said before
 * is forgotten: so it does not matter which came first.
 */
export function applyEvent(before: ConversionState, event: ConversionEvent, now: Date): AppliedChange {
  const rules = { keepsFirstAmount: keepsFirstAmount(before) };
  const known = knownUpdates(before);
  const authority = compareAuthority(event.origin, before.statusOrigin);
  if (authority < 0) return { after: before, changed: false, isRepeat: false, settled: settleUpdates(known, rules) };

  const isFirstOfItsKind = authority > 0;
  const { updates, isRepeat } = isFirstOfItsKind
    ? { updates: [updateOf(event)], isRepeat: false }
    : addUpdate(known, event, before, rules);
  const settled = settleUpdates(updates, rules);
  const merged: ConversionState = {
    ...before,
    ...settledFields(settled),
    updates: updates.length > 1 || updates.some(({ takesBack }) => takesBack) ? updates : undefined,
    eventType: typeOf(before, event),
    playerId: isFirstOfItsKind ? event.playerId : smaller(before.playerId, event.playerId),
    clickId: before.eventType === 'revshare' ? smaller(before.clickId, event.clickId) : before.clickId,
    convertedAt: convertedAtOf(before, event, isFirstOfItsKind),
    updatedAt: now,
  };
  const changed =
    merged.status !== before.status ||
    !sameMoney(merged.payout, before.payout) ||
    merged.eventType !== before.eventType;
  const isTold = changed || (event.note !== null && !isKnownNote(before, event));
  if (!isTold && isTheSame(before, merged, updates === known)) return { after: before, changed, isRepeat, settled };
  // Worked out anew when it is stored, where the amount or its day is another one.
  const isPriced = sameMoney(merged.payout, before.payout) && isSameTime(merged.payoutAt, before.payoutAt);
  const priced = { ...merged, revenue: isPriced ? (before.revenue ?? null) : null };
  const after = {
    ...priced,
    flags: flagsOf(priced),
    history: isTold ? [...before.history, historyEntry(event, priced)] : before.history,
  };
  return { after, changed, isRepeat, settled };
}

/** With the payout in the workspace's currency, by the exchange rate of its day. */
export function withRevenue<T extends ConversionState>(before: T, revenue: Money, now: Date): T {
  const after = { ...before, revenue, updatedAt: now };
  return { ...after, flags: flagsOf(after) };
}

function addUpdate(
  known: AppliedUpdate[],
  event: ConversionEvent,
  { status, payout }: ConversionState,
  rules: { keepsFirstAmount: boolean },
): { updates: AppliedUpdate[]; isRepeat: boolean } {
  const update = event.origin === 'manual' ? decisionOf(event, known) : updateOf(event);
  const repeated = findRepeated(update, known, payout?.currency ?? null);
  if (repeated !== undefined) return { updates: withNamedCurrency(known, repeated, update), isRepeat: true };
  const isAffirmed = event.origin === 'manual' && !event.isTimed && event.status === status;
  if (isAffirmed && (update.amount === null || sameMoney(update.amount, payout)))
    return { updates: known, isRepeat: true };
  const updates = withUpdate(known, update, rules);
  const isNews = updates.length !== known.length || updates.some((one, i) => one !== known[i]);
  return { updates: isNews ? updates : known, isRepeat: false };
}

/** What a person decides holds from now on, whatever times were named before. */
function decisionOf(event: ConversionEvent, known: readonly AppliedUpdate[]): AppliedUpdate {
  const latest = Math.max(...known.map(({ at }) => at.getTime()));
  const at = new Date(Math.max(event.at.getTime(), latest + 1));
  return { ...updateOf(event), at, ...(at > event.at && { pricedAt: event.at }) };
}

/** A deposit and an ftd that are one payment are the ftd. */
function typeOf({ eventType }: ConversionState, event: ConversionEvent): ConversionState['eventType'] {
  if (event.isChargeback || event.eventType === eventType) return eventType;
  return paymentTypes(eventType).includes(event.eventType) ? 'ftd' : eventType;
}

function convertedAtOf(
  before: ConversionState,
  { at, isChargeback }: ConversionEvent,
  isFirstOfItsKind: boolean,
): Date {
  const isOnlyTakenBack = before.updates?.every(({ takesBack }) => takesBack) ?? false;
  if (isFirstOfItsKind || (isOnlyTakenBack && !isChargeback)) return at;
  return (!isChargeback || isOnlyTakenBack) && at < before.convertedAt ? at : before.convertedAt;
}

/** Of two that have the same status and payout. */
function isTheSame(a: ConversionState, b: ConversionState, hasSameUpdates: boolean): boolean {
  return (
    hasSameUpdates &&
    a.statusOrigin === b.statusOrigin &&
    a.playerId === b.playerId &&
    a.clickId === b.clickId &&
    isSameTime(a.convertedAt, b.convertedAt)
  );
}

function isSameTime(one: Date | null, other: Date | null): boolean {
  return one?.getTime() === other?.getTime();
}

type SettledFields = Pick<
  ConversionState,
  | 'status'
  | 'statusAt'
  | 'networkStatus'
  | 'statusOrigin'
  | 'payout'
  | 'payoutAt'
  | 'payoutOrigin'
  | 'payoutStatus'
  | 'isDefaultCurrency'
  | 'refunded'
>;

function settledFields({ status, amount, refunded }: Settlement): SettledFields {
  return {
    status: status.status,
    statusAt: status.at,
    networkStatus: status.networkStatus,
    statusOrigin: status.origin,
    payout: amount?.payout ?? null,
    payoutAt: amount?.pricedAt ?? null,
    payoutOrigin: amount?.origin ?? null,
    payoutStatus: amount?.status ?? null,
    isDefaultCurrency: amount?.isDefaultCurrency ? true : undefined,
    refunded: refunded ?? undefined,
  } as SettledFields;
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
  return [...flags, ...(state.flags ?? []).filter((flag) => LASTING_FLAGS.has(flag))];
}

/** Of two ids the smaller, so that it does not matter which came first; of one link's click ids that is the older. */
function smaller(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
