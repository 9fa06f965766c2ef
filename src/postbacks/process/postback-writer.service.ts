import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { ConversionEvent } from '../../conversions/conversion-event.js';
import { ConversionsService } from '../../conversions/conversions.service.js';
import type { Applied } from '../../conversions/applied.js';
import { GroupCommit } from '../../platform/concurrency/group-commit.js';
import { DatabaseTimeout, isDuplicateKey, isRefused } from '../../platform/mongo/mongo-errors.js';
import { type Transaction, Transactions } from '../../platform/mongo/transactions.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Verdict } from '../postback.schema.js';
import { PostbacksRepository } from '../postbacks.repository.js';
import { IncomingMoney, type IncomingTransaction } from './incoming-money.service.js';
import type { LogEntry } from './log-entry.js';
import { waitsUntil } from './rules/waiting.js';

/** A request that was interpreted, to be stored with all its changes. */
export interface PostbackWrite {
  entry: LogEntry;
  /** `null` when it changes no conversion; the entry has the reason. */
  event: ConversionEvent | null;
  /**
   * `new`: the request has just come. `again`: its entry is there, and gets the new result. `spooled`: it may have been stored
   * before a crash; then nothing happens.
   */
  mode: 'new' | 'again' | 'spooled';
}

const MAX_GROUP = 200;
const PATIENCE_MS = 20_000;
const MAX_ATTEMPTS = 20;
/** How long a workspace is watched in which transaction ids came with several clicks. */
const WATCHED_MS = 60_000;
const MAX_WATCHED = 1_000;

/**
 * Stores requests, their conversions, histories, counters and log entries, in one transaction for all requests of a
 * workspace that came while the one before was under way: so a thousand repeats at once do not collide with each other,
 * and a commit is paid for once.
 */
@Injectable()
export class PostbackWriter {
  private readonly commits = new GroupCommit<PostbackWrite, LogEntry>({
    run: (workspaceId, jobs) => this.store(workspaceId as WorkspaceId, jobs),
    maxJobs: MAX_GROUP,
    patienceMs: PATIENCE_MS,
    late: () => new DatabaseTimeout(),
    // A postback that was spooled and applied under the same id must not fail the others.
    isOnesFault: (error) => isRefused(error) || isDuplicateKey(error),
  });

  /** Workspaces in which a transaction met a key of another click: there, keys are searched among all clicks for a while. */
  private readonly watched = new LRUCache<WorkspaceId, true>({ max: MAX_WATCHED, ttl: WATCHED_MS });

  constructor(
    private readonly conversions: ConversionsService,
    private readonly postbacks: PostbacksRepository,
    private readonly transactions: Transactions,
    private readonly incoming: IncomingMoney,
  ) {}

  /** @returns the entry as it is stored. @throws DatabaseTimeout and other errors of MongoDB: then nothing is stored, as far as is known. */
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

  /** One transaction: known entries and conversions are read, the changes are worked out, and all is written. */
  private async storeIn(workspaceId: WorkspaceId, jobs: PostbackWrite[], tx: Transaction): Promise<LogEntry[]> {
    const known = await this.knownEntries(workspaceId, jobs, tx);
    const due = jobs.filter(({ entry, mode }) => !(mode === 'spooled' && known.has(entry._id)));
    const events = due.flatMap(({ event }) => event ?? []);
    const byClickAlone = !this.watched.has(workspaceId);
    const plan = await this.conversions.plan(workspaceId, events, tx, { byClickAlone });
    const results = new Map(events.map((event, i) => [event, plan.applied[i] as Applied]));
    const stored = new Map(due.map((job) => [job, entryOf(job, known, results)]));

    await this.postbacks.saveMany(workspaceId, entryChanges(stored, known), tx);
    await this.conversions.write(workspaceId, plan, tx);
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

/** The entry as it is to be stored. */
function entryOf(
  job: PostbackWrite,
  known: ReadonlyMap<string, LogEntry>,
  results: ReadonlyMap<ConversionEvent, Applied>,
): LogEntry {
  const { entry, event, mode } = job;
  const found = event === null ? entry : { ...entry, ...findingOf(job, results.get(event) as Applied) };
  return mode === 'again' ? withAttempt(known.get(entry._id) ?? entry, found) : found;
}

function entryChanges(
  stored: ReadonlyMap<PostbackWrite, LogEntry>,
  known: ReadonlyMap<string, LogEntry>,
): { inserts: LogEntry[]; changes: { before: LogEntry; after: LogEntry }[] } {
  const inserts: LogEntry[] = [];
  const changes: { before: LogEntry; after: LogEntry }[] = [];
  for (const [{ mode }, after] of stored) {
    const before = known.get(after._id);
    if (mode !== 'again') inserts.push(after);
    else if (before !== undefined) changes.push({ before, after }); // else it has expired meanwhile
  }
  return { inserts, changes };
}

function incomingOf(event: ConversionEvent | null, verdict: Verdict | undefined): IncomingTransaction[] {
  if (event === null || event.isChargeback || event.networkId === null || event.txid === null) return [];
  return verdict === 'accepted' || verdict === 'updated' ? [{ networkId: event.networkId, txid: event.txid }] : [];
}

function findingOf({ event, entry }: PostbackWrite, applied: Applied): Partial<LogEntry> {
  const { outcome } = applied;
  const waitsForTxid = waitsForMoney(event, outcome) ? { waitsForTxid: event?.txid ?? '' } : {};
  const hint = [entry.hint, ...(applied.notices ?? []).map(({ text }) => text)].filter(Boolean).join(' ') || null;
  if ('conversionId' in applied) {
    const { conversionId, linkId } = applied;
    return { verdict: applied.outcome, reason: null, hint, conversionId, linkId, ...waitsForTxid };
  }
  // It would fit no better should more money come under the same id, so it does not wait.
  if (outcome === 'ambiguous_transaction') return { verdict: 'rejected', reason: outcome, hint };
  const waiting = waitsUntil(entry.receivedAt);
  // A better mapping of currencies may resolve it.
  if (outcome === 'invalid_currency') return { verdict: 'rejected', reason: outcome, hint, waitsUntil: waiting };
  const unknown = `No money is known under the transaction id "${event?.txid ?? ''}" yet: it is taken back should it come within 7 days.`;
  return {
    verdict: 'rejected',
    reason: outcome,
    hint: hint === null ? unknown : `${unknown} ${hint}`,
    waitsUntil: waiting,
    ...waitsForTxid,
  };
}

/** A refund of an amount is done once it is taken off; a chargeback also takes back what comes later under the same id. */
function waitsForMoney(event: ConversionEvent | null, outcome: Applied['outcome']): boolean {
  if (!event?.isChargeback || event.txid === null) return false;
  return outcome === 'unknown_transaction' || (outcome === 'updated' && event.amount === null);
}

/** A request that counted once has counted: running it again adds a line, no more. */
function withAttempt(before: LogEntry, after: LogEntry): LogEntry {
  const { verdict, reason, conversionId } = after;
  const attempts = [...before.attempts, { at: new Date(), verdict, reason, conversionId }].slice(-MAX_ATTEMPTS);
  return before.conversionId !== null ? { ...before, attempts } : { ...after, attempts };
}
