import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { OutageLog } from '../../platform/logging/outage-log.js';
import { toClickFact, toConversionFact, toCostFact, toLinkFact } from '../rules/facts.js';
import { type FactChanges, FactsDatabase, noChanges } from './facts/facts-database.js';
import { toFactChanges } from './feed-changes.js';
import type { DataStatus } from './report-answerer.js';
import { type FeedStream, HistoryLost, type ReportFeed } from './report-feed.repository.js';

const POLL_MS = 400;
/** With this many changes between two polls, redirects need a core of their own: reports then have one thread. */
const MANY_EVENTS = 100;
const BUSY_MS = 5_000;
const RETRY_MS = 1_000;
const STORE_POSITION_EVERY_MS = 10_000;
const LOG_PROGRESS_EVERY_MS = 10_000;

/** How much of MongoDB the copy has. */
export interface CopyStatus extends DataStatus {
  /** Documents loaded and to be loaded, while it is made again. */
  load: { loaded: number; total: number } | undefined;
}

/** A copy in use. Questions hold it while they run, so that it is not deleted under them. */
export interface CopyInUse {
  database: FactsDatabase;
  status: CopyStatus;
  /** Changes whenever the facts of the workspace may have changed. */
  version: string;
  release(): void;
}

export interface ReportCopyParts {
  feed: ReportFeed;
  /** Folder of the copy's files. */
  folder: string;
  logger: Logger;
  failures: OutageLog;
}

/**
 * Keeps a copy of clicks, conversions and links beside MongoDB, which stays the truth. The copy follows MongoDB's changes;
 * rows and the position in the changes are stored in one transaction, so that a killed process continues without a gap or a
 * repeat. When the history of changes is gone, or there is no copy, a new one is loaded beside the old one.
 */
export class ReportCopy {
  private current: HeldDatabase | undefined;
  private status: CopyStatus = { asOf: 0, isComplete: false, coveredFrom: undefined, load: undefined };
  private readonly versions = new Map<string, number>();
  private epoch = 0;
  private positionStoredAt = -Infinity;
  private busyUntil = -Infinity;
  private isStopping = false;
  private readonly stopped = new AbortController();

  constructor(private readonly parts: ReportCopyParts) {}

  /**
   * Follows MongoDB until `stop` is called. Failures are retried.
   * @throws Error when DuckDB can no longer be used in this process, which must end then; the copy is opened by the next one.
   */
  async run(): Promise<void> {
    let isOpened = false;
    let needsLoad = true;
    while (!this.isStopping) {
      try {
        if (!isOpened) needsLoad = !(await this.open());
        isOpened = true;
        if (needsLoad) await this.load();
        needsLoad = false;
        await this.follow();
      } catch (error) {
        if (this.isStopping) break;
        if (isFatal(error)) throw error;
        needsLoad ||= error instanceof HistoryLost;
        if (error instanceof HistoryLost) this.noteLostHistory(error);
        else this.parts.failures.noteFailure(error, { retryInMs: RETRY_MS });
        await this.pause(RETRY_MS);
      }
    }
    this.current?.retire();
  }

  /** @returns whether there is a complete copy, which is in use from now on. */
  private async open(): Promise<boolean> {
    const found = await FactsDatabase.openNewest(this.parts.folder);
    if (found) this.serve(found, { ...this.status, isComplete: true });
    return found !== undefined;
  }

  stop(): void {
    this.isStopping = true;
    this.stopped.abort();
  }

  getStatus(): CopyStatus {
    return { ...this.status };
  }

  /** The copy to ask. `undefined` before there is one. The caller must release it. */
  use(workspaceId: string): CopyInUse | undefined {
    const held = this.current;
    if (held === undefined) return undefined;
    held.users++;
    return {
      database: held.database,
      status: this.getStatus(),
      version: `${this.epoch}:${this.versions.get(workspaceId) ?? 0}:${this.status.isComplete}`,
      release: () => held.release(),
    };
  }

  private serve(database: FactsDatabase, status: CopyStatus): void {
    const old = this.current;
    this.current = new HeldDatabase(database);
    this.status = status;
    this.epoch++;
    old?.retire({ isDeleted: true });
  }

  /** Loads all documents into a new copy, and then the changes since the beginning of the load. */
  private async load(): Promise<void> {
    const { feed, folder, logger } = this.parts;
    const begin = performance.now();
    const database = await FactsDatabase.create(folder);
    const isFirst = this.current === undefined;
    if (isFirst) this.serve(database, { ...this.status, isComplete: false });
    else this.status = { ...this.status, isComplete: false };
    let stream: FeedStream | undefined;
    try {
      const startAtOperationTime = await feed.currentTime();
      await this.loadAll(database, isFirst);
      await database.spreadCosts();
      stream = feed.watch({ startAtOperationTime });
      this.positionStoredAt = -Infinity; // a complete copy has a position
      // A document may have been loaded and be among the changes, so each change replaces what is there.
      while (!(await this.applyNext(stream, database, { isReplacing: true }))) this.throwWhenStopped();
      await database.complete();
      if (!isFirst) this.serve(database, this.status);
      this.status = { ...this.status, isComplete: true, coveredFrom: undefined, load: undefined };
      this.epoch++;
      const seconds = Math.round((performance.now() - begin) / 1_000);
      logger.info({ seconds }, 'the copy for reports is complete');
    } catch (error) {
      if (!isFirst) database.delete();
      else this.discardCurrent();
      throw error;
    } finally {
      await stream?.close();
    }
  }

  private discardCurrent(): void {
    this.current?.retire({ isDeleted: true });
    this.current = undefined;
  }

  private async loadAll(database: FactsDatabase, isServed: boolean): Promise<void> {
    const { feed, logger } = this.parts;
    const counts = await Promise.all(
      (['links', 'costs', 'conversions', 'clicks'] as const).map((collection) => feed.count(collection)),
    );
    const load = { loaded: 0, total: counts.reduce((sum, count) => sum + count, 0) };
    let loggedAt = performance.now();
    const note = (documents: number, isStored: boolean): void => {
      load.loaded += documents;
      this.status = { ...this.status, load: { ...load } };
      if (isServed && isStored) this.epoch++;
      if (performance.now() - loggedAt < LOG_PROGRESS_EVERY_MS) return;
      loggedAt = performance.now();
      logger.info(load, 'the copy for reports is being loaded from MongoDB');
    };
    const apply = async (changes: Partial<FactChanges>, documents: number): Promise<void> => {
      this.throwWhenStopped();
      await database.apply({ ...noChanges(), ...changes }, undefined);
      note(documents, true);
    };
    for await (const batch of feed.scan('links')) await apply({ links: batch.map(toLinkFact) }, batch.length);
    for await (const batch of feed.scan('costs')) await apply({ costs: batch.map(toCostFact) }, batch.length);
    const loader = await database.startLoad();
    for await (const batch of feed.scan('conversions')) {
      this.throwWhenStopped();
      note(batch.length, await loader.addConversions(batch.map(toConversionFact)));
    }
    for await (const batch of feed.scan('clicks')) {
      this.throwWhenStopped();
      const clicks = batch.flatMap((click) => toClickFact(click) ?? []);
      const isStored = await loader.addClicks(clicks);
      note(batch.length, isStored);
      const { atMs } = clicks.at(-1)?.key ?? { atMs: Infinity };
      if (isServed && isStored) this.status.coveredFrom = Math.min(this.status.coveredFrom ?? Infinity, atMs);
    }
    await loader.finish();
  }

  /** Applies MongoDB's changes as they come. */
  private async follow(): Promise<void> {
    const database = this.current?.database;
    if (database === undefined) throw new HistoryLost('there is no copy');
    const { resumeToken } = await database.readState();
    const stream = this.parts.feed.watch({ resumeAfter: resumeToken });
    try {
      while (!this.isStopping) {
        const begin = Date.now();
        const isDrained = await this.applyNext(stream, database, { isReplacing: false });
        this.parts.failures.noteSuccess();
        await database.useOneThread(performance.now() < this.busyUntil);
        if (!isDrained) continue;
        this.status.asOf = begin;
        await this.pause(POLL_MS);
      }
    } finally {
      await stream.close();
    }
  }

  /** @returns whether all changes until now are applied. */
  private async applyNext(
    stream: FeedStream,
    database: FactsDatabase,
    { isReplacing }: { isReplacing: boolean },
  ): Promise<boolean> {
    const { events, isDrained } = await stream.next();
    // The position also moves on without events, but each transaction is flushed to the disk.
    if (events.length === 0 && performance.now() - this.positionStoredAt < STORE_POSITION_EVERY_MS) return isDrained;
    const changes = await toFactChanges(events, { feed: this.parts.feed, isReplacing });
    await database.apply(changes, stream.resumeToken);
    this.positionStoredAt = performance.now();
    this.noteChanges(changes);
    if (events.length >= MANY_EVENTS) this.busyUntil = performance.now() + BUSY_MS;
    return isDrained;
  }

  private noteChanges({ clicks, conversions, links, costs, ...removed }: FactChanges): void {
    const workspaces = new Set([...clicks, ...conversions, ...links, ...costs].map(({ workspaceId }) => workspaceId));
    for (const id of workspaces) this.versions.set(id, (this.versions.get(id) ?? 0) + 1);
    // Removed rows do not name their workspace.
    if (Object.values(removed).some((rows) => rows.length > 0)) this.epoch++;
  }

  private noteLostHistory(error: HistoryLost): void {
    this.status = { ...this.status, isComplete: false };
    this.parts.logger.warn(
      { reason: error.message },
      'the copy for reports cannot follow MongoDB from its last position; it is loaded again',
    );
  }

  private throwWhenStopped(): void {
    if (this.isStopping) throw new Error('stopped');
  }

  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopped.signal }).catch(() => undefined);
  }
}

/** After an error within itself, DuckDB refuses all further work: "database has been invalidated because of a previous fatal error". */
function isFatal(error: unknown): boolean {
  return error instanceof Error && /database has been invalidated/i.test(error.message);
}

/** A database that is closed, and deleted if so wished, when its last user is done. */
class HeldDatabase {
  users = 0;
  private end: { isDeleted: boolean } | undefined;

  constructor(readonly database: FactsDatabase) {}

  release(): void {
    this.users--;
    this.closeWhenFree();
  }

  retire({ isDeleted }: { isDeleted: boolean } = { isDeleted: false }): void {
    this.end = { isDeleted };
    this.closeWhenFree();
  }

  private closeWhenFree(): void {
    if (this.users > 0 || this.end === undefined) return;
    if (this.end.isDeleted) this.database.delete();
    else this.database.close();
    this.end = undefined;
  }
}
