import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/mongo/transactions.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { clickOf } from './click-of.js';
import type { Conversion } from './conversion.schema.js';
import type { ConversionEvent } from './conversion-event.js';
import { type ConversionHandles, ConversionsRepository } from './conversions.repository.js';
import { clickKey, dedupeKey } from './dedupe-key.js';

const MAX_ROUNDS = 5;

/** Where to look, and for what. */
export interface LoadOptions {
  tx?: Transaction;
  /** Conversions that are wanted whatever the events say. */
  ids?: readonly string[];
  /**
   * What has an event's key is looked for among the conversions of its click only, by one index, which MongoDB plans faster than a search by several.
   * Should another click have it, storing the event fails with a duplicate key; then it must be done again without this.
   */
  byClickAlone?: boolean;
}

/** Finds all conversions that events can touch: their own, and everything of the persons that they are about. */
@Injectable()
export class ConversionLoader {
  constructor(private readonly conversions: ConversionsRepository) {}

  async load(
    workspaceId: WorkspaceId,
    events: readonly ConversionEvent[],
    { tx, ids = [], byClickAlone = false }: LoadOptions = {},
  ): Promise<Conversion[]> {
    const found = new Map<string, Conversion>();
    const persons = new Persons();
    for (const event of events) persons.add(event);
    if (ids.length > 0) {
      for (const one of await this.conversions.findMany(workspaceId, { _id: { $in: [...ids] } }, tx)) {
        found.set(one._id, one);
        persons.add(one);
      }
    }
    const { keys, transactions } = namesIn(events, byClickAlone);
    let handles: ConversionHandles = { keys, transactions, ...persons.takeNew() };
    // A click may lead to its player, whose other clicks lead to … : a round or two, as a rule.
    for (let round = 1; !isNothing(handles); round++) {
      for (const one of await this.conversions.findByHandles(workspaceId, handles, tx)) {
        found.set(one._id, one);
        persons.add(one);
      }
      const { clickIds, players } = persons.takeNew();
      // However far it leads, of a click that was met nothing is missing (see click-versions.ts).
      handles = { keys: [], transactions: [], clickIds, players: round < MAX_ROUNDS ? players : [] };
    }
    return [...found.values()];
  }
}

function isNothing(handles: ConversionHandles): boolean {
  return Object.values(handles).every((list: unknown[]) => list.length === 0);
}

function namesIn(
  events: readonly ConversionEvent[],
  byClickAlone: boolean,
): Pick<ConversionHandles, 'keys' | 'transactions'> {
  const keys = events.flatMap((event) => {
    const { networkId, clickId, eventType } = event;
    if (byClickAlone && clickOf(event) !== null) return [];
    const own = { networkId, dedupeKey: dedupeKey(event) };
    return clickId === null ? [own] : [own, { networkId, dedupeKey: clickKey(eventType, clickId) }];
  });
  const transactions = events.flatMap(({ isChargeback, networkId, txid }) =>
    isChargeback && txid !== null ? [{ networkId, txid }] : [],
  );
  return { keys, transactions };
}

/** Clicks and players that were met, and which of them nobody has asked for yet. */
class Persons {
  private readonly known = new Set<string>();
  private clickIds: string[] = [];
  private players: { networkId: string | null; playerId: string }[] = [];

  add({
    clickId,
    playerId,
    networkId,
    eventType,
  }: Pick<Conversion, 'clickId' | 'playerId' | 'networkId' | 'eventType'>): void {
    if (eventType === 'revshare') return;
    if (clickId !== null && this.isNew(`click ${clickId}`)) this.clickIds.push(clickId);
    // Conversions of before players were kept have none.
    if (typeof playerId === 'string' && this.isNew(`player ${networkId ?? ''} ${playerId}`)) {
      this.players.push({ networkId, playerId });
    }
  }

  takeNew(): Pick<ConversionHandles, 'clickIds' | 'players'> {
    const { clickIds, players } = this;
    this.clickIds = [];
    this.players = [];
    return { clickIds, players };
  }

  private isNew(node: string): boolean {
    if (this.known.has(node)) return false;
    this.known.add(node);
    return true;
  }
}
