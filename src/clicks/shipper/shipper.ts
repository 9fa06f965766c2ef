import type { Logger } from 'pino';
import { isRefused } from '../../platform/mongo/mongo-errors.js';
import type { OutageLog } from '../../platform/logging/outage-log.js';
import type { Transactions } from '../../platform/mongo/transactions.js';
import type { ClickCountersRepository } from '../../counters/click-counters.repository.js';
import { ClickAggregate } from '../../counters/rules/click-aggregate.js';
import { VariantLimit } from '../../counters/rules/variant-limit.js';
import type { RecentRates } from '../../rates/rules/recent-rates.js';
import type { Click } from '../click.schema.js';
import type { ClickBatchesRepository } from './click-batches.repository.js';
import { clickCost, type CostSource, mayHaveCost } from '../rules/click-cost.js';
import { countedClick } from '../rules/counted-click.js';
import { OffsetMoved, type SpoolOffsetsRepository } from './spool-offsets.repository.js';
import { decodeClick, type SpooledClick } from '../rules/click-record.js';
import type { SpoolBatch } from '../../platform/spool/folder-reader.js';
import type { Quarantine } from '../../platform/spool/quarantine.js';
import type { SpoolReader } from '../../platform/spool/spool-reader.js';
import { protectClick } from '../enrichment/protect.js';
import { applyVisitorRules } from '../rules/visitor-rules/apply-visitor-rules.js';
import type { CompiledVisitorRules } from '../rules/visitor-rules/compiled-visitor-rules.js';
import type { ClickPrivacy, PerWorkspaceCache } from './per-workspace-cache.js';
import { AdaptiveBatchSize } from './adaptive-batch-size.js';
import { RecentVisitors } from './recent-visitors.js';
import { CountedBatch } from './counted-batch.js';

/** Clicks that are inserted with one command. */
const GROUP_CLICKS = 4_000;
/** Clicks that are counted with one transaction. It is large because the counting is the expensive part. */
const MAX_BATCH_CLICKS = 50_000;
/** Links after which a batch ends. 50,000 links in one transaction took longer than MongoDB's time limit. */
const MAX_BATCH_LINKS = 5_000;
const CONCURRENT_INSERTS = 2;
const IDLE_MS = 50;
const MAX_PAUSE_MS = 250;

export interface ShipperParts {
  reader: SpoolReader;
  enrich: (click: SpooledClick) => Click;
  privacy: ClickPrivacy;
  visitorRules: PerWorkspaceCache<CompiledVisitorRules>;
  /** For what clicks cost in other currencies. */
  rates: PerWorkspaceCache<RecentRates>;
  clicks: ClickBatchesRepository;
  offsets: SpoolOffsetsRepository;
  counters: ClickCountersRepository;
  transactions: Transactions;
  quarantine: Quarantine;
  logger: Logger;
  failures: OutageLog;
  /** Maximum number of clicks that one transaction counts; by default 50,000. Tests use fewer. */
  maxBatchClicks?: number | undefined;
  /** Links after which a batch is full; by default 5,000. */
  maxBatchLinks?: number | undefined;
}

/** Counts since the start of the shipper. */
export interface ShipperFigures {
  /** Clicks stored and counted. */
  stored: number;
  /** Damaged parts of the spool that were skipped. */
  damaged: number;
  /** Records that a crash has cut off. They were never acknowledged. */
  torn: number;
  /** Records in quarantine, as they can never be stored. */
  quarantined: number;
}

/**
 * Brings clicks from the spool into MongoDB. A batch is inserted in groups; then one transaction counts it and moves the
 * spool's offset. After a crash, the shipper reads again from the stored offset: inserts are idempotent, and counted clicks are
 * before the offset.
 */
export class Shipper {
  readonly figures: ShipperFigures = { stored: 0, damaged: 0, torn: 0, quarantined: 0 };
  private readonly batchSize: AdaptiveBatchSize;
  private readonly maxBatchClicks: number;
  private readonly maxBatchLinks: number;
  private readonly variantLimit = new VariantLimit();
  /** Visitor keys that have a unique click. It only saves attempts: the index decides. */
  private readonly knownVisitors = new RecentVisitors();
  /** The transaction of the previous batch, which runs while the next one is read. */
  private committing: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(private readonly parts: ShipperParts) {
    this.maxBatchClicks = parts.maxBatchClicks ?? MAX_BATCH_CLICKS;
    this.maxBatchLinks = parts.maxBatchLinks ?? MAX_BATCH_LINKS;
    this.batchSize = new AdaptiveBatchSize(this.maxBatchClicks);
  }

  /** Ships until `stop` is called, then the rest of the spool, unless MongoDB fails. */
  async run(): Promise<void> {
    try {
      await this.shipUntilStopped();
    } finally {
      await this.parts.reader.rewind(); // closes its files
    }
  }

  private async shipUntilStopped(): Promise<void> {
    for (;;) {
      const isLastRound = this.isStopping;
      try {
        const shipped = await this.shipBatch();
        this.parts.failures.noteSuccess();
        if (isLastRound && shipped === undefined) return;
        await this.batchSize.wait(pauseAfter(shipped));
      } catch (error) {
        await this.rewind();
        if (isLastRound && !isRefused(error) && !(error instanceof OffsetMoved)) return;
        await this.recover(error);
      }
    }
  }

  /** Continues from the stored offset, as it is unknown whether a running commit succeeds. */
  private async rewind(): Promise<void> {
    await this.committing.catch(() => undefined);
    this.committing = Promise.resolve();
    await this.parts.reader.rewind();
  }

  stop(): void {
    this.isStopping = true;
    this.batchSize.wake();
  }

  /** Bytes in the spool that are not stored yet. */
  backlogBytes(): number {
    return this.parts.reader.backlogBytes();
  }

  /** MongoDB refuses a click for ever: the batch shrinks until the click is alone in it, and goes into quarantine. */
  private async recover(error: unknown): Promise<void> {
    if (error instanceof OffsetMoved) return;
    if (isRefused(error) && this.batchSize.limit > 1) {
      this.batchSize.shrink();
      return;
    }
    if (isRefused(error)) {
      await this.skipOne(error);
      return;
    }
    const retryInMs = this.batchSize.failed();
    this.parts.failures.noteFailure(error, { retryInMs });
    await this.batchSize.wait(retryInMs);
  }

  /** @returns the number of records; `undefined` when there was nothing to read. */
  private async shipBatch(): Promise<number | undefined> {
    const batch = new CountedBatch();
    const counts = new ClickAggregate(this.variantLimit);
    const inserts: Promise<void>[] = [];
    try {
      while (batch.records < this.batchSize.limit && batch.links.size < this.maxBatchLinks) {
        const group = await this.parts.reader.next(Math.min(GROUP_CLICKS, this.batchSize.limit - batch.records));
        if (group === undefined) break;
        batch.add(group);
        const clicks = await this.prepare(group, batch);
        await inserts.at(-CONCURRENT_INSERTS); // the next group is read and enriched while MongoDB stores this one
        const insert = this.insert(clicks, counts);
        insert.catch(() => undefined); // Promise.all below throws the error
        inserts.push(insert);
      }
      await Promise.all(inserts);
    } finally {
      await Promise.allSettled(inserts); // no insert is still running when the shipper reads again
    }
    await this.committing;
    batch.finished = this.parts.reader.readToTheEnd();
    if (batch.isEmpty) {
      await this.deleteShipped(batch);
      return undefined;
    }
    this.committing = this.commit(batch, counts);
    this.committing.catch(() => undefined); // the error is thrown where it is awaited
    // If there is a backlog, the next batch is read during the commit, as MongoDB and the shipper are seldom busy at once.
    const isFull = batch.records >= this.maxBatchClicks || batch.links.size >= this.maxBatchLinks;
    if (!isFull) await this.committing;
    return batch.records;
  }

  private async insert(clicks: Click[], counts: ClickAggregate): Promise<void> {
    if (clicks.length === 0) return;
    const stored = await this.parts.clicks.insert(clicks);
    // Keys of other clicks are not added: their unique click may be in a group that could not be stored.
    for (const key of stored.visitorKeys) this.knownVisitors.add(key);
    for (const click of stored.clicks) counts.add(countedClick(click));
  }

  private async commit(batch: CountedBatch, counts: ClickAggregate): Promise<void> {
    await this.parts.transactions.run(async (tx) => {
      for (const move of batch.moves()) await this.parts.offsets.move(move, tx);
      await this.parts.counters.add(counts, tx);
    });
    this.batchSize.succeeded();
    for (const { payload, error } of batch.rejected) this.moveToQuarantine(payload, error);
    this.figures.stored += batch.records - batch.rejected.length;
    this.figures.damaged += batch.damaged;
    this.figures.torn += batch.torn;
    if (batch.damaged > 0) {
      this.parts.logger.error({ damaged: batch.damaged }, 'the click spool has damaged records; they are skipped');
    }
    await this.deleteShipped(batch);
  }

  /** Must be called only when everything up to the end of the batch is stored. */
  private async deleteShipped({ finished }: CountedBatch): Promise<void> {
    if (finished.length === 0) return;
    this.parts.reader.remove(finished);
    await this.parts.offsets.forget(finished.map(({ id }) => id));
  }

  /**
   * Decodes and enriches a group. Records that are not clicks are rejected for good. Of several clicks of a visitor, the first
   * may be unique. Clicks of deleted workspaces are dropped.
   */
  private async prepare(group: SpoolBatch, batch: CountedBatch): Promise<Click[]> {
    const { enrich, privacy, visitorRules, rates } = this.parts;
    const spooled = decodeAll(group, batch);
    const workspaces = workspacesOf(spooled);
    const priced = new Set(spooled.filter((one) => one !== undefined && mayHaveCost(costSourceOf(one))));
    await Promise.all([privacy.load(workspaces), visitorRules.load(workspaces), rates.load(workspacesOf(priced))]);
    const now = Date.now();
    const clicks: Click[] = [];
    for (const [i, one] of spooled.entries()) {
      if (one === undefined) continue;
      try {
        const settings = privacy.of(one.workspaceId);
        if (settings === 'deleted') continue;
        const click = enrich(one);
        batch.links.add(click.linkId);
        applyVisitorRules(click, one, visitorRules.of(one.workspaceId));
        protectClick(click, one, settings, now);
        if (priced.has(one)) Object.assign(click, clickCost(costSourceOf(one), click.at, rates.of(one.workspaceId)));
        const { botReason, isPrivate, visitorKey } = click;
        click.isUnique =
          botReason === undefined &&
          isPrivate === undefined &&
          !this.knownVisitors.has(visitorKey) &&
          !batch.visitors.has(visitorKey);
        if (click.isUnique) batch.visitors.add(visitorKey);
        clicks.push(click);
      } catch (error) {
        batch.rejected.push({ payload: Buffer.from(group.payloads[i] ?? []), error });
      }
    }
    return clicks;
  }

  private async skipOne(error: unknown): Promise<void> {
    const batch = new CountedBatch();
    const group = await this.parts.reader.next(1);
    if (group === undefined) return;
    batch.add(group);
    for (const payload of group.payloads) batch.rejected.push({ payload: Buffer.from(payload), error });
    await this.commit(batch, new ClickAggregate(this.variantLimit));
  }

  private moveToQuarantine(payload: Buffer, error: unknown): void {
    const { quarantine, logger } = this.parts;
    this.figures.quarantined++;
    try {
      quarantine.add(payload);
      logger.error({ err: error, file: quarantine.path }, 'a click cannot be stored; it is in quarantine');
    } catch (full) {
      // Shipping must continue, or a full disk stays full. The log keeps the record.
      logger.error(
        { err: full, record: payload.toString('base64') },
        'a click cannot be stored, nor written to the quarantine; this log line keeps it',
      );
    }
  }
}

function costSourceOf({ query, flags }: SpooledClick): CostSource {
  return { query, ofLink: flags.cost };
}

/** No pause during a backlog. Otherwise clicks are collected first, as each batch costs a transaction. */
function pauseAfter(records: number | undefined): number {
  if (records === undefined) return IDLE_MS;
  return records >= GROUP_CLICKS ? 0 : Math.min(MAX_PAUSE_MS, 10 + records / 4);
}

/** Decodes the records in order; `undefined` for records that are not clicks. */
function decodeAll(group: SpoolBatch, batch: CountedBatch): (SpooledClick | undefined)[] {
  return group.payloads.map((payload) => {
    try {
      return decodeClick(payload);
    } catch (error) {
      batch.rejected.push({ payload: Buffer.from(payload), error });
      return undefined;
    }
  });
}

function workspacesOf(clicks: Iterable<SpooledClick | undefined>): Set<string> {
  const ids = new Set<string>();
  for (const click of clicks) if (click !== undefined) ids.add(click.workspaceId);
  return ids;
}
