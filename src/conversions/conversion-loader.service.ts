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

/** What was found. */
export interface Loaded {
  conversions: Conversion[];
  /** Players that are no single person, see first-deposits.ts. */
  crowds: ReadonlySet<string>;
}

/** Finds all conversions that events can touch: their own, and everything of the persons that they are about. */
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
    // A click may lead to its player, whose other clicks lead to … : a round or two, as a rule.
    for (let round = 1; !isNothing(handles); round++) {
      const others = await this.conversions.findByHandles(workspaceId, handles, tx);
      const ofPlayers = await this.conversions.findOfPlayers(workspaceId, handles, tx);
      for (const node of this.crowded.note(workspaceId, ofPlayers, MAX_PER_PLAYER)) persons.crowds.add(node);
      for (const one of [...others, ...ofPlayers]) {
        found.set(one._id, one);
        persons.add(one);
      }
      const { clickIds, players } = persons.takeNew();
      // However far it leads, of a click that was met nothing is missing (see click-versions.ts).
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

/** Whether all that has its key, or its payment's other one, is of its click; the index sees to the rest. */
function isFoundByClick(event: ConversionEvent): boolean {
  const isOfAnyClick = event.transactions === 'network' && namesTransaction(event);
  return clickOf(event) !== null && !(isOfAnyClick && paymentTypes(event.eventType).length > 1);
}

/** Clicks and players that were met, and which of them have not been asked for yet. */
class Persons {
  readonly crowds = new Set<string>();
  private readonly known = new Set<string>();
  private clickIds: string[] = [];
  private players: { networkId: string | null; playerId: string }[] = [];

  /** @param isSettledCrowd whether what a player's name leads to is no matter any more. */
  constructor(private readonly isSettledCrowd: (node: string) => boolean) {}

  add(member: Pick<Conversion, 'clickId' | 'playerId' | 'networkId' | 'eventType'>): void {
    const { clickId, playerId, networkId, eventType } = member;
    if (eventType === 'revshare') return;
    if (clickId !== null && this.isNew(`click ${clickId}`)) this.clickIds.push(clickId);
    // Conversions of before players were kept have none.
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
