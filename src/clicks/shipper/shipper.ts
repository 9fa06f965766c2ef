import type { Logger } from 'pino';
import { isRefused } from '../../platform/mongo/mongo-errors.js';
import type { OutageLog } from '../../platform/logging/outage-log.js';
import type { Transactions } from '../../platform/mongo/transactions.js';
import type { ClickCountersRepository } from '../../reports/click-counters.repository.js';
import { ClickAggregate, CardinalityLimit } from '../../reports/rules/click-aggregate.js';
import type { ClickBatchesRepository, StoredClick } from './click-batches.repository.js';
import { countedClick } from '../rules/counted-click.js';
import type { EnrichedClick } from '../enrichment/enrich.js';
import { OffsetMoved, type SpoolOffsetsRepository } from './spool-offsets.repository.js';
import { decodeClick, type SpooledClick } from '../rules/click-record.js';
import type { SpoolBatch } from '../../platform/spool/folder-reader.js';
import type { Quarantine } from '../../platform/spool/quarantine.js';
import type { SpoolReader } from '../../platform/spool/spool-reader.js';
import { protectClick } from '../enrichment/protect.js';
import { applyVisitorRules } from '../rules/visitor-rules/apply-visitor-rules.js';
import type { CompiledVisitorRules } from '../rules/visitor-rules/compiled-visitor-rules.js';
import type { ClickPrivacy, WorkspaceValues } from './workspace-values.js';
import { AdaptiveBatchSize } from './adaptive-batch-size.js';
import { RecentVisitors } from './recent-visitors.js';
import { ShipBatch } from './ship-batch.js';

/** Clicks that are inserted with one command. */
const BATCH_CLICKS = 4_000;
/** Clicks that are counted with one transaction, when that many are waiting: counting is what costs. */
const WINDOW_CLICKS = 50_000;
/** Links that are counted with one transaction, or a group more: 50,000 of them took MongoDB longer than a transaction may take. */
const WINDOW_LINKS = 5_000;
const INSERTS_AT_ONCE = 2;
const IDLE_MS = 50;
const LONGEST_PAUSE_MS = 250;

export interface ShipperParts {
  reader: SpoolReader;
  enrich: (click: SpooledClick) => EnrichedClick;
  privacy: ClickPrivacy;
  visitorRules: WorkspaceValues<CompiledVisitorRules>;
  clicks: ClickBatchesRepository;
  offsets: SpoolOffsetsRepository;
  counters: ClickCountersRepository;
  transactions: Transactions;
  quarantine: Quarantine;
  logger: Logger;
  failures: OutageLog;
  /** Most clicks that are counted with one transaction; by default 50,000. Tests take less. */
  windowClicks?: number | undefined;
  /** Links after which a window is full; by default 5,000. */
  windowLinks?: number | undefined;
}

/** What the shipper has done since it began. */
export interface ShipperFigures {
  /** Clicks stored and counted. */
  stored: number;
  /** Damaged stretches skipped. */
  damaged: number;
  /** Records that were torn by a crash, never acknowledged. */
  torn: number;
  /** Records kept aside because they can never be stored. */
  quarantined: number;
}

/**
 * Brings clicks from the spool into MongoDB. Clicks are inserted first, group by group, each under its own id; then one
 * transaction counts them and moves the spool's offset. A crash anywhere is followed by reading again from the stored offset:
 * inserting is idempotent, and what was counted is behind the offset.
 */
export class Shipper {
  readonly figures: ShipperFigures = { stored: 0, damaged: 0, torn: 0, quarantined: 0 };
  private readonly pacer: AdaptiveBatchSize;
  private readonly windowClicks: number;
  private readonly windowLinks: number;
  private readonly budget = new CardinalityLimit();
  /** Visitor keys that are known to be taken. Only saves asking: the index decides. */
  private readonly knownVisitors = new RecentVisitors();
  /** The transaction of the window before, while there is a backlog. */
  private committing: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(private readonly parts: ShipperParts) {
    this.windowClicks = parts.windowClicks ?? WINDOW_CLICKS;
    this.windowLinks = parts.windowLinks ?? WINDOW_LINKS;
    this.pacer = new AdaptiveBatchSize(this.windowClicks);
  }

  /** Ships until told to stop, and then what is there still, unless MongoDB does not take it. */
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
        const shipped = await this.shipWindow();
        this.parts.failures.noteSuccess();
        if (isLastRound && shipped === undefined) return;
        await this.pacer.wait(pauseAfter(shipped));
      } catch (error) {
        await this.startAgain();
        if (isLastRound && !isRefused(error) && !(error instanceof OffsetMoved)) return;
        await this.recover(error);
      }
    }
  }

  /** Reads again from where it is known to be stored. A window that is being committed may still be, or not. */
  private async startAgain(): Promise<void> {
    await this.committing.catch(() => undefined);
    this.committing = Promise.resolve();
    await this.parts.reader.rewind();
  }

  stop(): void {
    this.isStopping = true;
    this.pacer.wake();
  }

  /** Bytes that are not stored yet. */
  backlogBytes(): number {
    return this.parts.reader.backlogBytes();
  }

  /** A refusal is for ever: the window shrinks until the refused click stands alone, and is kept aside. */
  private async recover(error: unknown): Promise<void> {
    if (error instanceof OffsetMoved) return;
    if (isRefused(error) && this.pacer.limit > 1) {
      this.pacer.shrink();
      return;
    }
    if (isRefused(error)) {
      await this.skipOne(error);
      return;
    }
    const retryInMs = this.pacer.failed();
    this.parts.failures.noteFailure(error, { retryInMs });
    await this.pacer.wait(retryInMs);
  }

  /** @returns how many records there were; `undefined` for nothing at all. */
  private async shipWindow(): Promise<number | undefined> {
    const window = new ShipBatch();
    const tally = new ClickAggregate(this.budget);
    const inserts: Promise<void>[] = [];
    try {
      while (window.records < this.pacer.limit && window.links.size < this.windowLinks) {
        const batch = await this.parts.reader.next(Math.min(BATCH_CLICKS, this.pacer.limit - window.records));
        if (batch === undefined) break;
        window.add(batch);
        const clicks = await this.prepare(batch, window);
        await inserts.at(-INSERTS_AT_ONCE); // the next group is read and enriched while MongoDB stores these
        const insert = this.insert(clicks, tally);
        insert.catch(() => undefined); // seen by Promise.all
        inserts.push(insert);
      }
      await Promise.all(inserts);
    } finally {
      await Promise.allSettled(inserts); // nothing goes on behind the back of who reads again
    }
    await this.committing;
    window.finished = this.parts.reader.readToTheEnd();
    if (window.isEmpty) {
      await this.deleteShipped(window);
      return undefined;
    }
    this.committing = this.commit(window, tally);
    this.committing.catch(() => undefined); // whoever waits for it sees it
    // With more to come, the next window is read and inserted meanwhile: MongoDB and we are seldom busy at the same time.
    const isFull = window.records >= this.windowClicks || window.links.size >= this.windowLinks;
    if (!isFull) await this.committing;
    return window.records;
  }

  private async insert(clicks: StoredClick[], tally: ClickAggregate): Promise<void> {
    if (clicks.length === 0) return;
    const stored = await this.parts.clicks.insert(clicks);
    // Of a click that is not unique it is not certain: the unique one may be in a group that could not be stored.
    for (const key of stored.visitorKeys) this.knownVisitors.add(key);
    for (const click of stored.clicks) tally.add(countedClick(click));
  }

  private async commit(window: ShipBatch, tally: ClickAggregate): Promise<void> {
    await this.parts.transactions.run(async (tx) => {
      for (const move of window.moves()) await this.parts.offsets.move(move, tx);
      await this.parts.counters.add(tally, tx);
    });
    this.pacer.succeeded();
    for (const { payload, error } of window.rubbish) this.keepAside(payload, error);
    this.figures.stored += window.records - window.rubbish.length;
    this.figures.damaged += window.damaged;
    this.figures.torn += window.torn;
    if (window.damaged > 0) {
      this.parts.logger.error({ damaged: window.damaged }, 'the click spool has damaged records; they are skipped');
    }
    await this.deleteShipped(window);
  }

  /** To be called when all up to the end of the window is stored. */
  private async deleteShipped({ finished }: ShipBatch): Promise<void> {
    if (finished.length === 0) return;
    this.parts.reader.remove(finished);
    await this.parts.offsets.forget(finished.map(({ id }) => id));
  }

  /**
   * A record that is no click is none for ever. Of several clicks of one visitor, the first may be unique. Clicks of a workspace
   * that was deleted meanwhile are nobody's.
   */
  private async prepare(batch: SpoolBatch, window: ShipBatch): Promise<StoredClick[]> {
    const { enrich, privacy, visitorRules } = this.parts;
    const spooled = decodeAll(batch, window);
    const workspaces = workspacesOf(spooled);
    await Promise.all([privacy.load(workspaces), visitorRules.load(workspaces)]);
    const now = Date.now();
    const clicks: StoredClick[] = [];
    for (const [i, one] of spooled.entries()) {
      if (one === undefined) continue;
      try {
        const settings = privacy.of(one.workspaceId);
        if (settings === 'deleted') continue;
        const click = enrich(one);
        window.links.add(click.linkId);
        applyVisitorRules(click, one, visitorRules.of(one.workspaceId));
        protectClick(click, one, settings, now);
        const { botReason, isPrivate, visitorKey } = click;
        const isUnique =
          botReason === undefined &&
          isPrivate === undefined &&
          !this.knownVisitors.has(visitorKey) &&
          !window.visitors.has(visitorKey);
        if (isUnique) window.visitors.add(visitorKey);
        const stored = click as StoredClick; // `Object.assign` would take as long as all else here
        stored.isUnique = isUnique;
        clicks.push(stored);
      } catch (error) {
        window.rubbish.push({ payload: Buffer.from(batch.payloads[i] ?? []), error });
      }
    }
    return clicks;
  }

  private async skipOne(error: unknown): Promise<void> {
    const window = new ShipBatch();
    const batch = await this.parts.reader.next(1);
    if (batch === undefined) return;
    window.add(batch);
    for (const payload of batch.payloads) window.rubbish.push({ payload: Buffer.from(payload), error });
    await this.commit(window, new ClickAggregate(this.budget));
  }

  private keepAside(payload: Buffer, error: unknown): void {
    const { quarantine, logger } = this.parts;
    this.figures.quarantined++;
    try {
      quarantine.add(payload);
      logger.error({ err: error, file: quarantine.path }, 'a click can not be stored; it is kept aside');
    } catch (full) {
      // Shipping must go on, or a full disk stays full: so the log keeps it.
      logger.error({ err: full, record: payload.toString('base64') }, 'a click can not be stored, nor kept aside');
    }
  }
}

/** A backlog is shipped without a pause; a trickle in groups, since each group costs a transaction. */
function pauseAfter(records: number | undefined): number {
  if (records === undefined) return IDLE_MS;
  return records >= BATCH_CLICKS ? 0 : Math.min(LONGEST_PAUSE_MS, 10 + records / 4);
}

/** In the order of the batch; `undefined` for what is no click. */
function decodeAll(batch: SpoolBatch, window: ShipBatch): (SpooledClick | undefined)[] {
  return batch.payloads.map((payload) => {
    try {
      return decodeClick(payload);
    } catch (error) {
      window.rubbish.push({ payload: Buffer.from(payload), error });
      return undefined;
    }
  });
}

function workspacesOf(clicks: readonly (SpooledClick | undefined)[]): Set<string> {
  const ids = new Set<string>();
  for (const click of clicks) if (click !== undefined) ids.add(click.workspaceId);
  return ids;
}
