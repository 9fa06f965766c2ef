import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { ConversionsService } from '../../conversions/conversions.service.js';
import type { EventResult } from '../../conversions/rules/event-result.js';
import { GroupCommit } from '../../platform/concurrency/group-commit.js';
import { DatabaseTimeout, isDuplicateKey, isRefused } from '../../platform/mongo/mongo-errors.js';
import { type Transaction, Transactions } from '../../platform/mongo/transactions.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { PostbacksRepository } from '../postbacks.repository.js';
import { IncomingMoney } from './incoming-money.service.js';
import type { LogEntry, PostbackWrite } from './log-entry.js';
import { entryChanges, entryOf, incomingOf } from '../rules/written-entries.js';

const MAX_GROUP = 200;
const PATIENCE_MS = 20_000;
/** How long transaction ids of a workspace are searched in all clicks, after one came with several clicks. */
const WATCHED_MS = 60_000;
const MAX_WATCHED = 1_000;

/**
 * Stores requests with their conversions, histories, counters and log entries. Requests of a workspace that arrive during
 * a transaction share the next one. So concurrent repeats do not conflict, and share the cost of one commit.
 */
@Injectable()
export class PostbackWriter {
  private readonly commits = new GroupCommit<PostbackWrite, LogEntry>({
    run: (workspaceId, jobs) => this.store(workspaceId as WorkspaceId, jobs),
    maxJobs: MAX_GROUP,
    patienceMs: PATIENCE_MS,
    late: () => new DatabaseTimeout(),
    // The duplicate key of a spooled postback that was applied before must not fail the others.
    isSingleJobFault: (error) => isRefused(error) || isDuplicateKey(error),
  });

  /** Workspaces in which a transaction had the key of another click; for `WATCHED_MS`, keys are searched in all clicks. */
  private readonly watched = new LRUCache<WorkspaceId, true>({ max: MAX_WATCHED, ttl: WATCHED_MS });

  constructor(
    private readonly conversions: ConversionsService,
    private readonly postbacks: PostbacksRepository,
    private readonly transactions: Transactions,
    private readonly incoming: IncomingMoney,
  ) {}

  /**
   * @returns the stored entry.
   * @throws DatabaseTimeout and other errors of MongoDB; then it is unknown whether anything was stored.
   */
  write(workspaceId: WorkspaceId, write: PostbackWrite): Promise<LogEntry> {
    return this.commits.submit(workspaceId, write);
  }

  private async store(workspaceId: WorkspaceId, jobs: PostbackWrite[]): Promise<LogEntry[]> {
    const isPlain = jobs.every(({ event, mode }) => event === null && mode === 'new');
    if (isPlain) {
      const entries = jobs.map(({ entry }) => entry);
      await this.postbacks.saveMany(workspaceId, { inserts: entries, changes: [] });
      return entries;
    }
    const stored = await this.transactions.run((tx, wasDuplicate) => {
      if (wasDuplicate) this.watched.set(workspaceId, true);
      return this.storeIn(workspaceId, jobs, tx);
    });
    this.incoming.add(
      workspaceId,
      jobs.flatMap(({ event }, i) => incomingOf(event, stored[i]?.verdict)),
    );
    return stored;
  }

  /** The steps of one transaction: read known entries and conversions, compute the changes, write everything. */
  private async storeIn(workspaceId: WorkspaceId, jobs: PostbackWrite[], tx: Transaction): Promise<LogEntry[]> {
    const known = await this.knownEntries(workspaceId, jobs, tx);
    const due = jobs.filter(({ entry, mode }) => !(mode === 'spooled' && known.has(entry._id)));
    const events = due.flatMap(({ event }) => event ?? []);
    const byClickAlone = !this.watched.has(workspaceId);
    const plan = await this.conversions.plan(workspaceId, events, tx, { byClickAlone });
    const results = new Map(events.map((event, i) => [event, plan.applied[i] as EventResult]));
    const stored = new Map(due.map((job) => [job, entryOf(job, known, results)]));

    const saving = this.postbacks.saveMany(workspaceId, entryChanges(stored, known), tx);
    // Worked out while MongoDB stores the entries: a transaction is given one command at a time, and clicks are read outside it.
    const changes = this.conversions.changesOf(workspaceId, plan);
    changes.catch(() => undefined); // thrown below, after the command that is under way
    await saving;
    await this.conversions.write(workspaceId, await changes, tx);
    return jobs.map((job) => stored.get(job) ?? (known.get(job.entry._id) as LogEntry));
  }

  private async knownEntries(
    workspaceId: WorkspaceId,
    jobs: PostbackWrite[],
    tx: Transaction,
  ): Promise<Map<string, LogEntry>> {
    const ids = jobs.flatMap(({ entry, mode }) => (mode === 'new' ? [] : [entry._id]));
    if (ids.length === 0) return new Map();
    const entries = await this.postbacks.findMany(workspaceId, { _id: { $in: ids } }, tx);
    return new Map(entries.map((entry) => [entry._id, entry]));
  }
}
