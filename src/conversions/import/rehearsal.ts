import { LRUCache } from 'lru-cache';
import type { ConversionState } from '../apply-event.js';
import type { ConversionEvent } from '../conversion-event.js';
import { dedupeKey } from '../dedupe-key.js';
import { type Applied, Ledger } from '../ledger.js';

/** So much of a dry run is remembered: what repeats later in the file than that is taken for new. */
const MAX_KNOWN = 20_000;

/**
 * What a file would do, group after group: what a group would have stored is known to those after it. Only verdicts are asked
 * for, so first deposits and counters are left out.
 */
export class Rehearsal {
  private readonly byId: LRUCache<string, ConversionState>;
  private readonly idByKey: LRUCache<string, string>;

  constructor(max = MAX_KNOWN) {
    this.byId = new LRUCache({ max });
    this.idByKey = new LRUCache({ max });
  }

  /** @param stored what the database has that the events can touch. */
  apply(events: readonly ConversionEvent[], stored: readonly ConversionState[]): Applied[] {
    const known = new Map(stored.map((one) => [one._id, this.byId.get(one._id) ?? one]));
    for (const event of events) {
      const id = this.idByKey.get(`${event.networkId ?? ''} ${dedupeKey(event)}`);
      const rehearsed = id === undefined ? undefined : this.byId.get(id);
      if (rehearsed) known.set(rehearsed._id, rehearsed);
    }
    const ledger = new Ledger([...known.values()], new Date());
    const applied = events.map((event) => ledger.apply(event));
    for (const one of ledger.conversions) if (known.get(one._id) !== one) this.remember(one);
    return applied;
  }

  private remember(one: ConversionState): void {
    this.byId.set(one._id, { ...one, history: [], facts: null });
    this.idByKey.set(`${one.networkId ?? ''} ${one.dedupeKey}`, one._id);
  }
}
