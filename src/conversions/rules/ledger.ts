import type { Money } from '../../platform/money/money.js';
import { negateDelta, sumDeltas, type CounterDelta } from '../../counters/rules/counter-delta.js';
import type { EventResult } from './event-result.js';
import { applyEvent, newConversion, withRevenue } from './apply-event.js';
import type { ConversionState } from './conversion-state.js';
import { clickOf } from './click-of.js';
import { ClickVersions } from './click-versions.js';
import { contribution } from './contribution.js';
import type { ConversionEvent } from './conversion-event.js';
import { noticesOfChange, noticesOfNew } from './conversion-notices.js';
import {
  clickKey,
  clickTransactionKey,
  dedupeKey,
  dedupeKeysOf,
  namesTransaction,
  paymentTypes,
} from './dedupe-key.js';
import { firstDeposit, groupByPerson, mayHaveFirstDeposit, playerNodes } from './first-deposits.js';
import { chooseRefunds, isReversible, refundProblem } from './refunds.js';
import { type Undo, undoManualChange } from './undo-manual-change.js';

/** The changes to store. */
export interface LedgerChanges {
  inserts: ConversionState[];
  updates: { before: ConversionState; after: ConversionState }[];
  /** Players whose first deposit was chosen. They must be locked until the changes are stored; for clicks see click-versions.ts. */
  contestedPlayers: Set<string>;
  /** By link id. */
  counters: Map<string, CounterDelta>;
}

/**
 * Applies events to a set of conversions in memory, and returns the changes to store. The set must contain every conversion
 * that the events can change: those with their keys and transaction ids, and all others of the same people.
 */
export class Ledger {
  private readonly before: ReadonlyMap<string, ConversionState>;
  private readonly now: Map<string, ConversionState>;
  private readonly idByKey = new Map<string, string>();
  private readonly idsByTransaction = new Map<string, Set<string>>();

  /** @param crowds player nodes (see `playerNodes`) that stand for many people. */
  constructor(
    known: readonly ConversionState[],
    private readonly time: Date,
    private readonly crowds: ReadonlySet<string> = new Set(),
  ) {
    this.before = new Map(known.map((conversion) => [conversion._id, conversion]));
    this.now = new Map();
    for (const conversion of known) this.put(conversion);
  }

  apply(event: ConversionEvent): EventResult {
    if (event.isChargeback && !isRejectionWithoutMoney(event)) return this.chargeBack(event);
    return this.applyReport(isRejectionWithoutMoney(event) ? { ...event, isChargeback: false, amount: null } : event);
  }

  private applyReport(event: ConversionEvent): EventResult {
    const existing = this.find(event);
    if (existing !== undefined) return this.update(existing, event);
    return this.create(event);
  }

  private create(event: ConversionEvent): EventResult {
    const created = newConversion(event, this.time, this.newKey(event));
    this.put(created);
    const { _id: conversionId, linkId } = created;
    return { outcome: 'accepted', conversionId, linkId, notices: noticesOfNew(created) };
  }

  /** Applies a person's decision to one conversion, whatever its key. All values that it does not change are confirmed. */
  applyTo(conversionId: string, event: ConversionEvent): EventResult {
    const existing = this.now.get(conversionId);
    return existing === undefined
      ? { outcome: 'unknown_transaction' }
      : this.update(confirmedByPerson(existing), event);
  }

  /** Takes back the latest change by a person. @returns whether there was one. */
  undo(conversionId: string, undo: Undo): boolean {
    const existing = this.now.get(conversionId);
    const after = existing && undoManualChange(existing, undo, this.time);
    if (after) this.put(after);
    return after !== undefined;
  }

  /** New and changed conversions that still need a revenue; see `price`. */
  get unpriced(): ConversionState[] {
    return [...this.now.values()].filter(
      (one) => one.payout !== null && one.revenue === null && one !== this.before.get(one._id),
    );
  }

  price(conversionId: string, revenue: Money): void {
    const conversion = this.now.get(conversionId);
    if (conversion !== undefined) this.now.set(conversionId, withRevenue(conversion, revenue, this.time));
  }

  changes(): LedgerChanges {
    const inserts: LedgerChanges['inserts'] = [];
    const updates: LedgerChanges['updates'] = [];
    const contestedPlayers: LedgerChanges['contestedPlayers'] = new Set();
    const versions = new ClickVersions(this.now.values());
    const deltas = new Map<string, CounterDelta[]>();
    for (const person of groupByPerson([...this.now.values()], this.crowds)) {
      const first = firstDeposit(person)?._id;
      const changed = person.flatMap((one) => this.changeOf(one, one._id === first));
      const isContested = changed.length > 0 && mayHaveFirstDeposit(person);
      if (isContested) {
        for (const player of person.flatMap(playerNodes)) if (!this.crowds.has(player)) contestedPlayers.add(player);
      }
      for (const { before, after: unversioned } of changed) {
        const after = isContested ? versions.next(unversioned) : unversioned;
        if (before === undefined) inserts.push(after);
        else updates.push({ before, after });
        const change = [contribution(after), ...(before === undefined ? [] : [negateDelta(contribution(before))])];
        deltas.set(after.linkId, [...(deltas.get(after.linkId) ?? []), ...change]);
      }
    }
    const counters = new Map([...deltas].map(([linkId, list]) => [linkId, sumDeltas(list)]));
    return { inserts, updates, contestedPlayers, counters };
  }

  /** All conversions in their current state. First deposits are decided only in `changes`. */
  get conversions(): ConversionState[] {
    return [...this.now.values()];
  }

  private changeOf(
    conversion: ConversionState,
    isFtd: boolean,
  ): { before: ConversionState | undefined; after: ConversionState }[] {
    const before = this.before.get(conversion._id);
    if (conversion === before && conversion.isFtd === isFtd) return [];
    const after = conversion.isFtd === isFtd ? conversion : { ...conversion, isFtd, updatedAt: this.time };
    return [{ before, after }];
  }

  private update(existing: ConversionState, event: ConversionEvent): EventResult {
    const before = isFromPixel(existing) && !event.isChargeback ? this.withOwnKey(existing, event) : existing;
    const change = applyEvent(before, event, this.time);
    const { after, changed } = change;
    if (after !== existing) {
      this.idByKey.delete(keyOf(existing));
      this.put(after);
    }
    const notices = noticesOfChange(existing, event, change);
    return { outcome: changed ? 'updated' : 'duplicate', conversionId: after._id, linkId: after.linkId, notices };
  }

  private find(event: ConversionEvent): ConversionState | undefined {
    const known = namesTransaction(event) ? this.findByTransaction(event) : this.findByKey(event);
    return known ?? this.findByPixel(event);
  }

  private findByKey(event: ConversionEvent): ConversionState | undefined {
    return dedupeKeysOf(event)
      .flatMap((key) => this.withKey(event.networkId, key) ?? [])
      .find((one) => clickOf(event) !== null || isSameOwner(one, event));
  }

  /** The transaction of this click; of any click where the network's ids are unique over all clicks. */
  private findByTransaction(event: ConversionEvent): ConversionState | undefined {
    const types = paymentTypes(event.eventType);
    const known = this.ofTransaction(event).filter(({ eventType }) => types.includes(eventType));
    const own = known.find((one) => isOfSameClick(one, event));
    return own ?? (event.transactions === 'network' ? known.toSorted(byKey)[0] : undefined);
  }

  private ofTransaction({ networkId, txid }: Pick<ConversionState, 'networkId' | 'txid'>): ConversionState[] {
    const ids = this.idsByTransaction.get(`${networkId ?? ''} ${txid}`) ?? [];
    return [...ids].flatMap((id) => this.now.get(id) ?? []);
  }

  private withKey(networkId: string | null, key: string): ConversionState | undefined {
    return this.now.get(this.idByKey.get(`${networkId ?? ''} ${key}`) ?? '');
  }

  /** The first click that uses a transaction id has the key without a click. */
  private newKey(event: ConversionEvent): { dedupeKey: string; isReused: boolean } {
    const key = dedupeKey(event);
    const isReused = namesTransaction(event) && this.withKey(event.networkId, key) !== undefined;
    return { dedupeKey: isReused ? clickTransactionKey(event) : key, isReused };
  }

  /** A conversion that only a page has reported takes the network's transaction id and key. */
  private withOwnKey(conversion: ConversionState, event: ConversionEvent): ConversionState {
    if (!namesTransaction(event)) return conversion;
    const isNamed = conversion.txid === event.txid && conversion.dedupeKey.startsWith('tx');
    if (isNamed) return conversion;
    const { dedupeKey: key, isReused } = this.newKey(event);
    const flags = isReused ? [...(conversion.flags ?? []), 'txid_reused' as const] : conversion.flags;
    return { ...conversion, dedupeKey: key, txid: event.txid, ...(flags && { flags }) };
  }

  /**
   * A page's report without a transaction id and the network's report of the same event of the click are one conversion,
   * whichever comes first.
   */
  private findByPixel(event: ConversionEvent): ConversionState | undefined {
    const { eventType, networkId, origin } = event;
    const clickId = clickOf(event);
    if (clickId === null) return undefined;
    const anonymous = clickKey(eventType, clickId);
    if (origin === 'pixel' && dedupeKey(event) === anonymous) {
      return [...this.now.values()]
        .filter((one) => one.clickId === clickId && one.eventType === eventType && one.networkId === networkId)
        .toSorted((a, b) => (a.dedupeKey < b.dedupeKey ? -1 : 1))[0];
    }
    const known = this.withKey(networkId, anonymous);
    return known !== undefined && isFromPixel(known) ? known : undefined;
  }

  private chargeBack(event: ConversionEvent): EventResult {
    const chosen = chooseRefunds(event, event.txid === null ? [] : this.ofTransaction(event));
    if ('outcome' in chosen) {
      const isNew = chosen.outcome === 'unknown_transaction' && event.isRejection && event.clickId !== null;
      return isNew ? this.create(event) : chosen;
    }
    const problem = refundProblem(event, chosen);
    if (problem !== undefined) return problem;
    const applied = chosen.map(({ conversion, amount }) => this.update(conversion, { ...event, amount }));
    const decisive = applied.find(({ outcome }) => outcome === 'updated') ?? applied[0];
    const notices = applied.flatMap((one) => one.notices ?? []);
    return decisive === undefined ? { outcome: 'unknown_transaction' } : ({ ...decisive, notices } as EventResult);
  }

  private put(conversion: ConversionState): void {
    const { _id, networkId, txid } = conversion;
    this.now.set(_id, conversion);
    this.idByKey.set(keyOf(conversion), _id);
    if (txid === null || txid === undefined) return;
    const transaction = `${networkId ?? ''} ${txid}`;
    const ids = this.idsByTransaction.get(transaction) ?? new Set();
    this.idsByTransaction.set(transaction, ids.add(_id));
  }
}

/** A rejection of an event type without money has nothing to take back. */
function isRejectionWithoutMoney({ isChargeback, isRejection, eventType }: ConversionEvent): boolean {
  return isChargeback && isRejection === true && !isReversible(eventType);
}

/** A share of revenue without a click belongs to its link. */
function isOfSameClick(one: ConversionState, { clickId, linkId }: ConversionEvent): boolean {
  return one.clickId === clickId && (clickId !== null || one.linkId === linkId);
}

/** Whether a share of revenue belongs to the same player, to the same click, or to the link as a whole. */
function isSameOwner(one: ConversionState, { playerId, clickId }: ConversionEvent): boolean {
  if (playerId !== null) return one.playerId === playerId;
  return clickId === null ? one.clickId === null : one.clickId === clickId;
}

function byKey(a: ConversionState, b: ConversionState): number {
  return a.dedupeKey < b.dedupeKey ? -1 : 1;
}

/** Values that only a page has reported count as manual once a person has changed the conversion. */
function confirmedByPerson(conversion: ConversionState): ConversionState {
  if (conversion.statusOrigin !== 'pixel') return conversion;
  const updates = conversion.updates?.map((one) =>
    one.origin === 'pixel' ? { ...one, origin: 'manual' as const } : one,
  );
  const confirmed = { ...conversion, statusOrigin: 'manual', payoutOrigin: conversion.payout && 'manual' } as const;
  return { ...confirmed, ...(updates && { updates }) };
}

/** Whether a page reported it first and the network has not reported it. A person's change sets no transaction id. */
function isFromPixel({ history }: ConversionState): boolean {
  return history[0]?.origin === 'pixel' && !history.some(({ origin }) => origin === 'postback');
}

function keyOf({ networkId, dedupeKey: key }: ConversionState): string {
  return `${networkId ?? ''} ${key}`;
}
