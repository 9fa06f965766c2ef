import { negateDelta, sumDeltas, type CounterDelta } from '../reports/counter-delta.js';
import type { Notice } from '../platform/vocabulary/notice.js';
import { applyEvent, type ConversionState, newConversion } from './apply-event.js';
import { contribution } from './contribution.js';
import type { ConversionEvent } from './conversion-event.js';
import { clickOf } from './click-of.js';
import { ClickVersions } from './click-versions.js';
import { clickKey, dedupeKey } from './dedupe-key.js';
import { firstDeposit, groupByPerson, mayHaveFirstDeposit, playerNodes } from './first-deposits.js';

/** What became of an event. */
export type Applied =
  | { outcome: 'accepted' | 'updated' | 'duplicate'; conversionId: string; linkId: string; notices: Notice[] }
  | { outcome: 'unknown_transaction' }
  /** A chargeback that names no click, of a transaction that several clicks have. */
  | { outcome: 'ambiguous_transaction'; notices: Notice[] };

/** What is to be stored for it. */
export interface LedgerChanges {
  inserts: ConversionState[];
  updates: { before: ConversionState; after: ConversionState }[];
  /** Players whose first deposit was chosen: nothing of theirs may be stored by another meanwhile. For clicks see click-versions.ts. */
  contestedPlayers: Set<string>;
  /** By link id. */
  counters: Map<string, CounterDelta>;
}

/** Money that came in, and can be taken back. */
const REVERSIBLE: ReadonlySet<string> = new Set(['ftd', 'deposit', 'sale', 'rebill', 'qualified']);

/**
 * Works events into a set of conversions, in memory, and says what has to be stored. The set must hold all that the events
 * can touch: conversions under their keys and transaction ids, and all of the persons they are about.
 */
export class Ledger {
  private readonly before: ReadonlyMap<string, ConversionState>;
  private readonly now: Map<string, ConversionState>;
  private readonly idByKey = new Map<string, string>();

  constructor(
    known: readonly ConversionState[],
    private readonly time: Date,
  ) {
    this.before = new Map(known.map((conversion) => [conversion._id, conversion]));
    this.now = new Map(this.before);
    for (const conversion of known) this.idByKey.set(keyOf(conversion), conversion._id);
  }

  apply(event: ConversionEvent): Applied {
    if (event.isChargeback) return this.chargeBack(event);
    const existing = this.find(event);
    if (existing === undefined) {
      const created = newConversion(event, this.time);
      this.put(created);
      return { outcome: 'accepted', conversionId: created._id, linkId: created.linkId, notices: [] };
    }
    return this.update(existing, event);
  }

  /** A person's word about one conversion, whatever its own key would be. It vouches for all that is not changed by it. */
  applyTo(conversionId: string, event: ConversionEvent): Applied {
    const existing = this.now.get(conversionId);
    return existing === undefined ? { outcome: 'unknown_transaction' } : this.update(vouchedFor(existing), event);
  }

  changes(): LedgerChanges {
    const inserts: LedgerChanges['inserts'] = [];
    const updates: LedgerChanges['updates'] = [];
    const contestedPlayers: LedgerChanges['contestedPlayers'] = new Set();
    const versions = new ClickVersions(this.now.values());
    const deltas = new Map<string, CounterDelta[]>();
    for (const person of groupByPerson([...this.now.values()])) {
      const first = firstDeposit(person)?._id;
      const changed = person.flatMap((one) => this.changeOf(one, one._id === first));
      const isContested = changed.length > 0 && mayHaveFirstDeposit(person);
      if (isContested) for (const player of person.flatMap(playerNodes)) contestedPlayers.add(player);
      for (const { before, after: said } of changed) {
        const after = isContested ? versions.next(said) : said;
        if (before === undefined) inserts.push(after);
        else updates.push({ before, after });
        const change = [contribution(after), ...(before === undefined ? [] : [negateDelta(contribution(before))])];
        deltas.set(after.linkId, [...(deltas.get(after.linkId) ?? []), ...change]);
      }
    }
    const counters = new Map([...deltas].map(([linkId, list]) => [linkId, sumDeltas(list)]));
    return { inserts, updates, contestedPlayers, counters };
  }

  /** All conversions as they are by now, but for first-deposit marks. */
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

  private update(existing: ConversionState, event: ConversionEvent): Applied {
    const { after, changed } = applyEvent(existing, event, this.time);
    this.idByKey.delete(keyOf(existing));
    this.put(isUnnamed(existing) && !event.isChargeback ? named(after, event) : after);
    return { outcome: changed ? 'updated' : 'duplicate', conversionId: after._id, linkId: after.linkId, notices: [] };
  }

  private find(event: ConversionEvent): ConversionState | undefined {
    const id = this.idByKey.get(`${event.networkId ?? ''} ${dedupeKey(event)}`);
    if (id !== undefined) return this.now.get(id);
    return this.findByPixel(event);
  }

  /**
   * A page that names no transaction means the same as whatever the network tells of that click's event, and the other way
   * round: together they count once, whichever comes first.
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
    const id = this.idByKey.get(`${networkId ?? ''} ${anonymous}`);
    const known = id === undefined ? undefined : this.now.get(id);
    return known !== undefined && isUnnamed(known) ? known : undefined;
  }

  private chargeBack(event: ConversionEvent): Applied {
    const { networkId, txid } = event;
    const targets = [...this.now.values()].filter(
      (one) => one.networkId === networkId && txid !== null && one.txid === txid && REVERSIBLE.has(one.eventType),
    );
    const clicks = new Set(targets.map(({ clickId }) => clickId));
    if (event.clickId === null && clicks.size > 1) return ambiguous(txid ?? '', targets.length);
    let first: Applied = { outcome: 'unknown_transaction' };
    for (const target of targets) {
      // Only what has come in can be taken back: so it is never earlier than what it takes back.
      const at = event.at > target.statusAt ? event.at : target.statusAt;
      const applied = this.update(target, { ...event, at, amount: null });
      if (first.outcome === 'unknown_transaction' || first.outcome === 'duplicate') first = applied;
    }
    return first;
  }

  private put(conversion: ConversionState): void {
    this.now.set(conversion._id, conversion);
    this.idByKey.set(keyOf(conversion), conversion._id);
  }
}

function ambiguous(txid: string, count: number): Applied {
  const text = `${count} conversions of different clicks have the transaction id "${txid}": send the click id with the chargeback.`;
  return { outcome: 'ambiguous_transaction', notices: [{ code: 'ambiguous_transaction', text }] };
}

/** What only a page has told of is not forgotten when a person adds to it. */
function vouchedFor(conversion: ConversionState): ConversionState {
  if (conversion.statusOrigin !== 'pixel') return conversion;
  return { ...conversion, statusOrigin: 'manual', payoutOrigin: conversion.payout && 'manual' };
}

/** Whether a page has told of it, and the network has not: what a person says of it meanwhile names no transaction. */
function isUnnamed({ history }: ConversionState): boolean {
  return history[0]?.origin === 'pixel' && !history.some(({ origin }) => origin === 'postback');
}

/** What only a page has told of so far takes the name that it is known by from now on. */
function named(conversion: ConversionState, event: ConversionEvent): ConversionState {
  const key = dedupeKey(event);
  return key.startsWith('tx:') ? { ...conversion, dedupeKey: key, txid: event.txid } : conversion;
}

function keyOf({ networkId, dedupeKey: key }: ConversionState): string {
  return `${networkId ?? ''} ${key}`;
}
