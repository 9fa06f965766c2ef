import { Injectable } from '@nestjs/common';
import { ClickIdService } from '../clicks/click-id.service.js';
import { LinkReadModel } from '../links/link.read-model.js';
import { KeyedMutex } from '../platform/concurrency/keyed-mutex.js';
import { DatabaseTimeout } from '../platform/mongo/mongo-errors.js';
import type { Transaction } from '../platform/mongo/transactions.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { negateDelta, sumDeltas } from '../reports/counter-delta.js';
import { LinkCountersRepository } from '../reports/link-counters.repository.js';
import { applyEvent, type Attribution, type ConversionState, newConversion } from './apply-event.js';
import { ClickLocksRepository } from './click-locks.repository.js';
import { contribution } from './contribution.js';
import type { ConversionEvent } from './conversion-event.js';
import { ConversionsRepository } from './conversions.repository.js';
import { dedupeKey } from './dedupe-key.js';
import { firstDeposit } from './ftd.js';

export type AttributionResult =
  ({ ok: true } & Attribution) | { ok: false; reason: 'malformed_click_id' | 'forged_click_id' | 'unknown_click' };

export interface Applied {
  outcome: 'accepted' | 'updated' | 'duplicate';
  conversionId: string;
  linkId: string;
}

const STRIPES = 8;
const QUEUE_PATIENCE_MS = 20_000;

/** Applies what networks report to conversions and to the counters of their links. */
@Injectable()
export class ConversionsService {
  private readonly mutex = new KeyedMutex();

  constructor(
    private readonly clickIds: ClickIdService,
    private readonly anyLink: LinkReadModel,
    private readonly conversions: ConversionsRepository,
    private readonly locks: ClickLocksRepository,
    private readonly counters: LinkCountersRepository,
  ) {}

  /** Which link a click id belongs to. The id proves itself, so its click need not be stored yet, and a forged one costs no look-up. */
  async attribute(workspaceId: WorkspaceId, clickId: string): Promise<AttributionResult> {
    const reading = this.clickIds.read(clickId);
    if (!reading.ok) return { ok: false, reason: `${reading.reason}_click_id` };
    const link = await this.anyLink.findByNumber(reading.facts.linkNumber);
    if (link?.workspaceId !== workspaceId) return { ok: false, reason: 'unknown_click' };
    return { ok: true, linkId: link._id, clickedAt: reading.facts.clickedAt };
  }

  /**
   * Lets the transactions on one click's conversions, and on one row of a link's counters, run one after the other in this
   * process. MongoDB would sort them out too, but only by aborting and trying again: a thousand repeats at once would
   * all time out. Between processes that is left to it.
   * @throws DatabaseTimeout when those before took too long.
   */
  oneAtATime<T>(linkId: string, clickId: string, transaction: () => Promise<T>): Promise<T> {
    const deadline = Date.now() + QUEUE_PATIENCE_MS;
    return this.mutex.run(`${linkId}:${stripeOf(clickId)}`, () => {
      if (Date.now() > deadline) throw new DatabaseTimeout();
      return transaction();
    });
  }

  /** Conversion, first-deposit mark and counters, all in the caller's transaction. */
  async apply(
    workspaceId: WorkspaceId,
    networkId: string,
    attribution: Attribution,
    event: ConversionEvent,
    tx: Transaction,
  ): Promise<Applied> {
    const now = new Date();
    const existing = await this.conversions.findOne(workspaceId, { networkId, dedupeKey: dedupeKey(event) }, tx);
    await this.locks.take(workspaceId, existing?.clickId ?? event.clickId, tx);

    if (!existing) {
      const created = newConversion(event, networkId, attribution, now);
      await this.conversions.insert(workspaceId, created, tx);
      await this.settleClick(workspaceId, [], created, tx);
      return { outcome: 'accepted', conversionId: created._id, linkId: created.linkId };
    }
    const { after, changed } = applyEvent(existing, event, now);
    const { status, statusAt, networkStatus, payout, payoutAt, convertedAt, history } = after;
    const fields = { status, statusAt, networkStatus, payout, payoutAt, convertedAt, history, updatedAt: now };
    await this.conversions.updateById(workspaceId, existing._id, { $set: fields }, tx);
    await this.settleClick(workspaceId, [existing], after, tx);
    return { outcome: changed ? 'updated' : 'duplicate', conversionId: existing._id, linkId: existing.linkId };
  }

  /**
   * Moves the first-deposit mark to where it belongs among the click's conversions, and the link's counters by the
   * difference that all of it makes.
   */
  private async settleClick(
    workspaceId: WorkspaceId,
    before: ConversionState[],
    written: ConversionState,
    tx: Transaction,
  ): Promise<void> {
    const ofClick: ConversionState[] = await this.conversions.findMany(workspaceId, { clickId: written.clickId }, tx);
    const ftd = firstDeposit(ofClick);
    const remarked = ofClick.filter((conversion) => conversion.isFtd !== (conversion._id === ftd?._id));
    for (const { _id, isFtd } of remarked) {
      await this.conversions.updateById(workspaceId, _id, { $set: { isFtd: !isFtd } }, tx);
    }
    const others = remarked.filter(({ _id }) => _id !== written._id);
    const delta = sumDeltas([
      ...[...before, ...others].map((conversion) => negateDelta(contribution(conversion))),
      contribution({ ...written, isFtd: written._id === ftd?._id }),
      ...others.map((conversion) => contribution({ ...conversion, isFtd: !conversion.isFtd })),
    ]);
    await this.counters.add(workspaceId, written.linkId, stripeOf(written.clickId), delta, tx);
  }
}

/** Spreads a link's conversions over a few counter rows, so that unrelated clicks seldom wait for each other. */
function stripeOf(clickId: string): string {
  return `conversions-${clickId.charCodeAt(clickId.length - 1) % STRIPES}`;
}
