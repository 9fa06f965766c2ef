import { LRUCache } from 'lru-cache';
import type { EventResult } from '../event-result.js';
import type { ConversionState } from '../conversion-state.js';
import type { ConversionEvent } from '../conversion-event.js';
import { clickTransactionKey, dedupeKeysOf } from '../dedupe-key.js';
import { knownUpdates } from '../known-updates.js';
import { Ledger } from '../ledger.js';

/** So much of a dry run is remembered: what repeats later in the file than that is taken for new. */
const MAX_KNOWN = 20_000;
/** Conversions of one transaction id that a chargeback finds. */
const MAX_OF_TRANSACTION = 50;

/**
 * Applies a file's events in memory, group after group; later groups see the results of earlier ones. Only verdicts are needed,
 * so first deposits and counters are left out.
 */
export class LedgerDryRun {
  private readonly byId: LRUCache<string, ConversionState>;
  private readonly idByKey: LRUCache<string, string>;
  private readonly idsByTransaction: LRUCache<string, string[]>;

  constructor(max = MAX_KNOWN) {
    this.byId = new LRUCache({ max });
    this.idByKey = new LRUCache({ max });
    this.idsByTransaction = new LRUCache({ max });
  }

  /** @param stored what the database has that the events can touch. */
  apply(events: readonly ConversionEvent[], stored: readonly ConversionState[]): EventResult[] {
    const known = new Map(stored.map((one) => [one._id, this.byId.get(one._id) ?? one]));
    for (const event of events) {
      for (const id of this.idsOf(event)) {
        const rehearsed = this.byId.get(id);
        if (rehearsed) known.set(rehearsed._id, rehearsed);
      }
    }
    const ledger = new Ledger([...known.values()], new Date());
    const applied = events.map((event) => ledger.apply(event));
    for (const one of ledger.conversions) if (known.get(one._id) !== one) this.remember(one);
    return applied;
  }

  private idsOf(event: ConversionEvent): string[] {
    const network = event.networkId ?? '';
    if (event.isChargeback) return this.idsByTransaction.get(`${network} ${event.txid}`) ?? [];
    return dedupeKeysOf(event).flatMap((key) => this.idByKey.get(`${network} ${key}`) ?? []);
  }

  private remember(one: ConversionState): void {
    const { _id, networkId, txid, history } = one;
    const network = networkId ?? '';
    const updates = history.length > 1 ? knownUpdates(one) : one.updates;
    this.byId.set(_id, { ...one, history: [], facts: null, ...(updates && { updates }) });
    this.idByKey.set(`${network} ${one.dedupeKey}`, _id);
    if (txid === null) return;
    // The first click's has the plain key, under which another click's may be found later.
    this.idByKey.set(`${network} ${clickTransactionKey(one)}`, _id);
    const ids = this.idsByTransaction.get(`${network} ${txid}`) ?? [];
    if (!ids.includes(_id)) this.idsByTransaction.set(`${network} ${txid}`, [...ids, _id].slice(-MAX_OF_TRANSACTION));
  }
}
