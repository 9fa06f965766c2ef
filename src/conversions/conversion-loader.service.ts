import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/mongo/transactions.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { clickOf } from './rules/click-of.js';
import type { Conversion } from './conversion.schema.js';
import type { ConversionEvent } from './rules/conversion-event.js';
import { type ConversionHandles, ConversionsRepository, MAX_PER_PLAYER } from './conversions.repository.js';
import { CrowdedPlayers } from './rules/crowded-players.js';
import { clickKey, dedupeKeysOf, namesTransaction, paymentTypes } from './rules/dedupe-key.js';
import { playerNodes } from './rules/first-deposits.js';

const MAX_ROUNDS = 5;

/** Options of a load. */
export interface LoadOptions {
  tx?: Transaction;
  /** Conversions to load in addition to those of the events. */
  ids?: readonly string[];
  /**
   * Looks for an event's key only among the conversions of its click. One index is enough then, which MongoDB plans faster.
   * If another click has the key, storing fails with a duplicate key. The caller must then repeat without this option.
   */
  byClickAlone?: boolean;
}

/** Result of a load. */
export interface Loaded {
  conversions: Conversion[];
  /** Player ids that stand for many people; see first-deposits.ts. */
  crowds: ReadonlySet<string>;
}

/** Finds all conversions that events can change: those with their keys, and all others of the same people. */
@Injectable()
export class ConversionLoader {
  private readonly crowded = new CrowdedPlayers();

  constructor(private readonly conversions: ConversionsRepository) {}

  async load(
    workspaceId: WorkspaceId,
    events: readonly ConversionEvent[],
    { tx, ids = [], byClickAlone = false }: LoadOptions = {},
  ): Promise<Loaded> {
    const found = new Map<string, Conversion>();
    const persons = new Persons((node) => this.crowded.isSettled(workspaceId, node));
    for (const event of events) persons.add(event);
    if (ids.length > 0) {
      for (const one of await this.conversions.findMany(workspaceId, { _id: { $in: [...ids] } }, tx)) {
        found.set(one._id, one);
        persons.add(one);
      }
    }
    const { keys, transactions } = namesIn(events, byClickAlone);
    let handles: ConversionHandles = { keys, transactions, ...persons.takeNew() };
    // A click leads to its player, and the player to other clicks. Usually this takes one or two rounds.
    for (let round = 1; !isNothing(handles); round++) {
      const others = await this.conversions.findByHandles(workspaceId, handles, tx);
      const ofPlayers = await this.conversions.findOfPlayers(workspaceId, handles, tx);
      for (const node of this.crowded.recordCrowds(workspaceId, ofPlayers, MAX_PER_PLAYER)) persons.crowds.add(node);
      for (const one of [...others, ...ofPlayers]) {
        found.set(one._id, one);
        persons.add(one);
      }
      const { clickIds, players } = persons.takeNew();
      // After the last round, all conversions of every click found so far are loaded; click-versions.ts needs this.
      handles = { keys: [], transactions: [], clickIds, players: round < MAX_ROUNDS ? players : [] };
    }
    return { conversions: [...found.values()], crowds: persons.crowds };
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
    if ((event.isChargeback && !event.isRejection) || (byClickAlone && isFoundByClick(event))) return [];
    const names = [...dedupeKeysOf(event), ...(clickId === null ? [] : [clickKey(eventType, clickId)])];
    return names.map((dedupeKey) => ({ networkId, dedupeKey }));
  });
  const transactions = events.flatMap(({ isChargeback, networkId, txid }) =>
    isChargeback && txid !== null ? [{ networkId, txid }] : [],
  );
  return { keys, transactions };
}

/** Whether every conversion with this event's key belongs to its click. The unique index catches exceptions. */
function isFoundByClick(event: ConversionEvent): boolean {
  const isOfAnyClick = event.transactions === 'network' && namesTransaction(event);
  return clickOf(event) !== null && !(isOfAnyClick && paymentTypes(event.eventType).length > 1);
}

/** The clicks and players found so far, and those of them that are not loaded yet. */
class Persons {
  readonly crowds = new Set<string>();
  private readonly known = new Set<string>();
  private clickIds: string[] = [];
  private players: { networkId: string | null; playerId: string }[] = [];

  /** @param isSettledCrowd whether a player id stands for many people, so that its conversions need not be loaded. */
  constructor(private readonly isSettledCrowd: (node: string) => boolean) {}

  add(member: Pick<Conversion, 'clickId' | 'playerId' | 'networkId' | 'eventType'>): void {
    const { clickId, playerId, networkId, eventType } = member;
    if (eventType === 'revshare') return;
    if (clickId !== null && this.isNew(`click ${clickId}`)) this.clickIds.push(clickId);
    // Conversions of older versions have no player.
    if (typeof playerId !== 'string' || !this.isNew(`player ${networkId ?? ''} ${playerId}`)) return;
    const crowds = playerNodes(member).filter(this.isSettledCrowd);
    for (const node of crowds) this.crowds.add(node);
    if (crowds.length === 0) this.players.push({ networkId, playerId });
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
