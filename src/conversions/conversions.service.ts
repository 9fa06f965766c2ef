import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ClickIdReading } from '../clicks/rules/click-id.js';
import { ClickIdService } from '../clicks/click-id.service.js';
import { ClicksRepository } from '../clicks/clicks.repository.js';
import { LinkOwners } from '../links/cache/link-owners.service.js';
import { LinksRepository } from '../links/links.repository.js';
import type { Transaction } from '../platform/mongo/transactions.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { EventType } from '../platform/vocabulary/conversion-words.js';
import { RatesService } from '../rates/rates.service.js';
import { LinkCountersRepository } from '../counters/link-counters.repository.js';
import type { ConversionState } from './rules/conversion-state.js';
import { isComplete, readFactsToKeep } from './click-facts/click-facts.js';
import { PlayerLocksRepository } from './players/player-locks.repository.js';
import type { ClickFacts, Conversion } from './conversion.schema.js';
import type { ConversionEvent } from './rules/conversion-event.js';
import { ConversionLoader, type LoadOptions } from './conversion-loader.service.js';
import { ConversionsRepository } from './conversions.repository.js';
import type { EventResult } from './rules/event-result.js';
import { Ledger, type LedgerChanges } from './rules/ledger.js';
import type { Undo } from './rules/undo-manual-change.js';

/** The link and the click that a conversion belongs to, or why there are none. */
export type Attribution =
  | {
      ok: true;
      linkId: string;
      /** The network that the link belongs to. */
      linkNetworkId: string | null;
      clickId: string | null;
      clickedAt: Date | null;
      isTest: boolean;
    }
  | { ok: false; reason: 'malformed_click_id' | 'forged_click_id' | 'unknown_click' };

/** The results of events, computed in memory and not stored yet. */
export interface ConversionPlan {
  /** The result of each event, in order. */
  applied: EventResult[];
  /** The conversions that the events can change, as they are stored. */
  known: readonly Conversion[];
  ledger: Ledger;
}

/** Conversions of a link are counted in this many rows, so that instances seldom wait for each other. */
const STRIPES = 8;

/** Applies what networks, pages and people report to conversions and to the counters of their links. */
@Injectable()
export class ConversionsService {
  private readonly stripe = `conversions-${randomInt(STRIPES)}`;

  constructor(
    private readonly clickIds: ClickIdService,
    private readonly owners: LinkOwners,
    private readonly links: LinksRepository,
    private readonly clicks: ClicksRepository,
    private readonly conversions: ConversionsRepository,
    private readonly loader: ConversionLoader,
    private readonly locks: PlayerLocksRepository,
    private readonly counters: LinkCountersRepository,
    private readonly rates: RatesService,
  ) {}

  /**
   * Finds the link of an id. A click id is signed: its click need not be stored yet, and a forged id costs no query.
   * Revenue of a whole link may name the link instead of a click.
   * @param reading the verified id, if the caller has it already.
   */
  async attribute(
    workspaceId: WorkspaceId,
    id: string,
    eventType: EventType,
    reading: ClickIdReading = this.clickIds.read(id),
  ): Promise<Attribution> {
    if (eventType === 'revshare' && id.startsWith('lnk_')) return this.attributeToLink(workspaceId, id);
    if (!reading.ok) return { ok: false, reason: `${reading.reason}_click_id` };
    const { linkNumber, clickedAt, isTest } = reading.facts;
    const owner = await this.owners.ofNumber(linkNumber);
    if (owner?.workspaceId !== workspaceId) return { ok: false, reason: 'unknown_click' };
    return { ok: true, linkId: owner.linkId, linkNetworkId: owner.networkId, clickId: id, clickedAt, isTest };
  }

  /**
   * Writes conversions, first deposits, history and counters in the caller's transaction. Each event sees the results
   * of the events before it.
   */
  async applyAll(
    workspaceId: WorkspaceId,
    events: readonly ConversionEvent[],
    tx: Transaction,
  ): Promise<EventResult[]> {
    const plan = await this.plan(workspaceId, events, tx);
    await this.write(workspaceId, await this.changesOf(workspaceId, plan), tx);
    return plan.applied;
  }

  /**
   * The first step of `applyAll`: reads, and applies the events in memory.
   * @param options `byClickAlone`: see `LoadOptions`.
   */
  async plan(
    workspaceId: WorkspaceId,
    events: readonly ConversionEvent[],
    tx: Transaction,
    options: Pick<LoadOptions, 'byClickAlone'> = {},
  ): Promise<ConversionPlan> {
    const { conversions: known, crowds } = await this.loader.load(workspaceId, events, { tx, ...options });
    const ledger = new Ledger(known, new Date(), crowds);
    const applied = events.map((event) => ledger.apply(event));
    await this.price(workspaceId, ledger);
    return { applied, known, ledger };
  }

  /**
   * The second step: the changes of a plan, new conversions with the facts of their clicks. Clicks are read outside the
   * transaction, so a caller may write to it meanwhile.
   */
  async changesOf(
    workspaceId: WorkspaceId,
    { known, ledger }: Pick<ConversionPlan, 'known' | 'ledger'>,
  ): Promise<LedgerChanges> {
    const changes = ledger.changes();
    return { ...changes, inserts: await this.withFacts(workspaceId, known, changes.inserts) };
  }

  /** The third step: writes the changes in the transaction of the plan. */
  async write(workspaceId: WorkspaceId, changes: LedgerChanges, tx: Transaction): Promise<void> {
    const { inserts, updates, contestedPlayers, counters } = changes;
    if (inserts.length + updates.length === 0) return;
    // The first deposit depends on all of a player's conversions, so no other transaction may change them meanwhile.
    await this.locks.take(workspaceId, contestedPlayers, tx);
    await this.counters.addAll(workspaceId, counters, this.stripe, tx);
    await this.conversions.saveMany(workspaceId, { inserts, changes: updates }, tx);
  }

  /** Applies a person's decision about one conversion. */
  async applyTo(workspaceId: WorkspaceId, id: string, event: ConversionEvent, tx: Transaction): Promise<EventResult> {
    const { conversions: known, crowds } = await this.loader.load(workspaceId, [], { tx, ids: [id] });
    const ledger = new Ledger(known, new Date(), crowds);
    const applied = ledger.applyTo(id, event);
    await this.price(workspaceId, ledger);
    await this.write(workspaceId, await this.changesOf(workspaceId, { known, ledger }), tx);
    return applied;
  }

  /** Takes back the latest change by a person. @returns whether there was one. */
  async undo(workspaceId: WorkspaceId, id: string, undo: Undo, tx: Transaction): Promise<boolean> {
    const { conversions: known, crowds } = await this.loader.load(workspaceId, [], { tx, ids: [id] });
    const ledger = new Ledger(known, new Date(), crowds);
    if (!ledger.undo(id, undo)) return false;
    await this.price(workspaceId, ledger);
    await this.write(workspaceId, await this.changesOf(workspaceId, { known, ledger }), tx);
    return true;
  }

  /** The results that events would have, one after the other, and the ledger with their changes; nothing is stored. */
  async dryRun(workspaceId: WorkspaceId, events: readonly ConversionEvent[]): Promise<ConversionPlan> {
    const { conversions: known, crowds } = await this.loader.load(workspaceId, events);
    const ledger = new Ledger(known, new Date(), crowds);
    return { applied: events.map((event) => ledger.apply(event)), known, ledger };
  }

  /** The conversions with these transaction ids. */
  findByTransactions(
    workspaceId: WorkspaceId,
    transactions: { networkId: string; txid: string }[],
  ): Promise<Conversion[]> {
    return this.conversions.findByHandles(workspaceId, { keys: [], clickIds: [], transactions });
  }

  /** Event type and history of the conversions with these ids, by id. */
  async findReported(
    workspaceId: WorkspaceId,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Pick<Conversion, 'eventType' | 'history'>>> {
    if (ids.length === 0) return new Map();
    const fields = ['_id', 'eventType', 'history'] as const;
    const found = await this.conversions.findMany(workspaceId, { _id: { $in: [...ids] } }, undefined, { fields });
    return new Map(found.map((one) => [one._id, one]));
  }

  private async attributeToLink(workspaceId: WorkspaceId, linkId: string): Promise<Attribution> {
    const link = await this.links.findById(workspaceId, linkId);
    return link === undefined
      ? { ok: false, reason: 'unknown_click' }
      : { ok: true, linkId, linkNetworkId: link.networkId ?? null, clickId: null, clickedAt: null, isTest: false };
  }

  /** Converts payouts to the workspace's currency at the rate of their day. The rates are usually in memory. */
  private async price(workspaceId: WorkspaceId, ledger: Ledger): Promise<void> {
    await Promise.all(
      ledger.unpriced.map(async ({ _id, payout, payoutAt, convertedAt }) => {
        if (payout === null) return;
        const found = await this.rates.revenueOf(workspaceId, payout, payoutAt ?? convertedAt);
        if (found.ok) ledger.price(_id, found.revenue);
      }),
    );
  }

  /**
   * Adds the facts of clicks to new conversions, from other conversions of the same click or from the stored click.
   * Incomplete facts of an earlier version are used only when the click is gone.
   * Conversions whose click is not stored yet are completed later; see click-facts.service.ts.
   */
  private async withFacts(
    workspaceId: WorkspaceId,
    known: readonly Conversion[],
    inserts: readonly ConversionState[],
  ): Promise<ConversionState[]> {
    const factsOf = new Map<string | null, ClickFacts>();
    for (const { clickId, facts } of known)
      if (clickId !== null && facts && !isComplete(factsOf.get(clickId))) factsOf.set(clickId, facts);
    const incomplete = inserts.filter(({ clickId }) => !isComplete(factsOf.get(clickId)));
    for (const [clickId, facts] of await readFactsToKeep(this.clicks, workspaceId, incomplete))
      factsOf.set(clickId, facts);
    return inserts.map((conversion) => {
      const facts = factsOf.get(conversion.clickId);
      if (facts === undefined) return conversion;
      const { factsDue: _, ...others } = conversion;
      return { ...others, facts };
    });
  }
}
