import { newId } from '../../platform/ids/ids.js';
import type { Money } from '../../platform/money/money.js';
import type { AppliedUpdate } from './applied-update.js';
import type { ConversionState } from './conversion-state.js';
import type { ConversionFlag, HistoryEntry } from '../conversion.schema.js';
import type { ConversionEvent } from './conversion-event.js';
import { sameMoney } from './deciding-amount.js';
import { keepsFirstAmount, paymentTypes } from './dedupe-key.js';
import { findRepeated, knownUpdates, updateOf, withNamedCurrency, withUpdate } from './known-updates.js';
import { type Settlement, settleUpdates, type SettlingRules } from './settle-updates.js';
import { compareAuthority } from './status.js';

/** The result of a further event for a conversion. */
export interface AppliedChange {
  after: ConversionState;
  /** False when the event adds nothing new. */
  changed: boolean;
  /** The same event was applied before. */
  isRepeat: boolean;
  settled: Settlement;
}

/** How long a click may take to be stored: usually a moment, longer while MongoDB is down. */
const MAX_FACTS_WAIT_MS = 7 * 86_400_000;
/** Flags that describe a conversion's source. All others are computed from its current state. */
const LASTING_FLAGS: ReadonlySet<ConversionFlag> = new Set(['txid_reused', 'other_network']);

/** The conversion that an event creates. */
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
    ...(clickId !== null && { factsDue: factsDueOf(now) }),
    createdAt: now,
    updatedAt: now,
  };
  return { ...state, flags: flagsOf(state), history: [historyEntry(event, state)] };
}

/**
 * Applies a further event about the same transaction. A repeat without a later time changes nothing. Once the network has
 * reported the conversion, events of a page's pixel are ignored, and earlier ones are dropped. So the order of arrival
 * does not matter.
 */
export function applyEvent(before: ConversionState, event: ConversionEvent, now: Date): AppliedChange {
  const rules = { keepsFirstAmount: keepsFirstAmount(before) };
  const known = knownUpdates(before);
  const authority = compareAuthority(event.origin, before.statusOrigin);
  if (authority < 0) return { after: before, changed: false, isRepeat: false, settled: settleUpdates(known, rules) };

  const replacesPixel = authority > 0;
  const { updates, isRepeat } = replacesPixel
    ? { updates: [updateOf(event)], isRepeat: false }
    : addUpdate(known, event, before, rules);
  const settled = settleUpdates(updates, rules);
  const clickId = before.eventType === 'revshare' ? smaller(before.clickId, event.clickId) : before.clickId;
  const merged: ConversionState = {
    ...before,
    ...settledFields(settled),
    updates: storedUpdates(updates),
    eventType: typeOf(before, event),
    playerId: replacesPixel ? event.playerId : smaller(before.playerId, event.playerId),
    clickId,
    // The facts of the former click are not those of this one.
    ...(clickId !== before.clickId && { facts: null, factsDue: factsDueOf(now) }),
    convertedAt: convertedAtOf(before, event, replacesPixel),
    updatedAt: now,
  };
  const changed =
    merged.status !== before.status ||
    !sameMoney(merged.payout, before.payout) ||
    merged.eventType !== before.eventType;
  const isRecorded = changed || (event.note !== null && !isKnownNote(before, event));
  if (!isRecorded && isSameOtherwise(before, merged, updates === known))
    return { after: before, changed, isRepeat, settled };
  // A new amount, or another day, needs a new revenue; it is computed before storing.
  const priced = { ...merged, revenue: hasSamePrice(merged, before) ? (before.revenue ?? null) : null };
  const after = {
    ...priced,
    flags: flagsOf(priced),
    history: isRecorded ? [...before.history, historyEntry(event, priced)] : before.history,
  };
  return { after, changed, isRepeat, settled };
}

/** The conversion with other updates, as an entry of its history says. */
export function settledState(
  before: ConversionState,
  updates: readonly AppliedUpdate[],
  rules: SettlingRules,
  entry: Pick<HistoryEntry, 'at' | 'origin' | 'sourceId' | 'note'>,
  now: Date,
): ConversionState {
  const merged: ConversionState = {
    ...before,
    ...settledFields(settleUpdates(updates, rules)),
    updates: storedUpdates(updates),
    updatedAt: now,
  };
  const state = { ...merged, revenue: hasSamePrice(merged, before) ? (before.revenue ?? null) : null };
  const { status, networkStatus, payout } = state;
  return { ...state, flags: flagsOf(state), history: [...before.history, { ...entry, status, networkStatus, payout }] };
}

/** Sets the payout in the workspace's currency, at the exchange rate of its day. */
export function withRevenue<T extends ConversionState>(before: T, revenue: Money, now: Date): T {
  const after = { ...before, revenue, updatedAt: now };
  return { ...after, flags: flagsOf(after) };
}

/** A single update is in the conversion's own fields; see known-updates.ts. */
function storedUpdates(updates: readonly AppliedUpdate[]): AppliedUpdate[] | undefined {
  return updates.length > 1 || updates.some(({ takesBack }) => takesBack) ? [...updates] : undefined;
}

function hasSamePrice(a: ConversionState, b: ConversionState): boolean {
  return sameMoney(a.payout, b.payout) && isSameTime(a.payoutAt, b.payoutAt);
}

function addUpdate(
  known: AppliedUpdate[],
  event: ConversionEvent,
  { status, payout }: ConversionState,
  rules: SettlingRules,
): { updates: AppliedUpdate[]; isRepeat: boolean } {
  const update = event.origin === 'manual' ? decisionOf(event, known) : updateOf(event);
  const repeated = findRepeated(update, known, currencyOfSources(known, payout, rules));
  if (repeated !== undefined) return { updates: withNamedCurrency(known, repeated, update), isRepeat: true };
  const isConfirmation = event.origin === 'manual' && !event.isTimed && event.status === status;
  if (isConfirmation && (update.amount === null || sameMoney(update.amount, payout)))
    return { updates: known, isRepeat: true };
  const updates = withUpdate(known, update, rules);
  const hasChanged = updates.length !== known.length || updates.some((one, i) => one !== known[i]);
  return { updates: hasChanged ? updates : known, isRepeat: false };
}

/** The currency of amounts that name none, by what sources have reported: a person's decision makes no repeat a new event. */
function currencyOfSources(known: readonly AppliedUpdate[], payout: Money | null, rules: SettlingRules): string | null {
  const reported = known.filter(({ origin }) => origin !== 'manual');
  if (reported.length === known.length) return payout?.currency ?? null;
  return reported.length === 0 ? null : (settleUpdates(reported, rules).amount?.payout.currency ?? null);
}

function factsDueOf(now: Date): Date {
  return new Date(now.getTime() + MAX_FACTS_WAIT_MS);
}

/** A person's decision counts as later than all known updates. */
function decisionOf(event: ConversionEvent, known: readonly AppliedUpdate[]): AppliedUpdate {
  const latest = Math.max(...known.map(({ at }) => at.getTime()));
  const at = new Date(Math.max(event.at.getTime(), latest + 1));
  return { ...updateOf(event), at, ...(at > event.at && { pricedAt: event.at }) };
}

/** When a deposit and an ftd are one payment, it is an ftd. */
function typeOf({ eventType }: ConversionState, event: ConversionEvent): ConversionState['eventType'] {
  if (event.isChargeback || event.eventType === eventType) return eventType;
  return paymentTypes(eventType).includes(event.eventType) ? 'ftd' : eventType;
}

function convertedAtOf(before: ConversionState, { at, isChargeback }: ConversionEvent, replacesPixel: boolean): Date {
  const hasOnlyRefunds = before.updates?.every(({ takesBack }) => takesBack) ?? false;
  if (replacesPixel || (hasOnlyRefunds && !isChargeback)) return at;
  return (!isChargeback || hasOnlyRefunds) && at < before.convertedAt ? at : before.convertedAt;
}

/** Compares two states whose status and payout are equal. */
function isSameOtherwise(a: ConversionState, b: ConversionState, hasSameUpdates: boolean): boolean {
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

/** A file that is imported twice brings the same notes again. */
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

/** The smaller id, so that the order of arrival does not matter. Of one link's click ids, it is the older one. */
function smaller(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
