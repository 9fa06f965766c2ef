import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { ConversionEvent } from '../conversions/conversion-event.js';
import { ConversionsService } from '../conversions/conversions.service.js';
import type { Applied } from '../conversions/applied.js';
import { GroupCommit } from '../platform/concurrency/group-commit.js';
import { DatabaseTimeout, isDuplicateKey, isRefused } from '../platform/mongo/mongo-errors.js';
import { type Transaction, Transactions } from '../platform/mongo/transactions.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { Postback, Verdict } from './postback.schema.js';
import { PostbacksRepository } from './postbacks.repository.js';
import { waitsUntil } from './waiting.js';

export type LogEntry = Omit<Postback, 'workspaceId'>;

/** A request that was read, to be stored with all that it does. */
export interface LogJob {
  entry: LogEntry;
  /** What it says; `null` when it changes no conversion, for whatever reason the entry names. */
  event: ConversionEvent | null;
  /**
   * `new`: the request has just come. `again`: its entry is there, and gets what becomes of it now. `spooled`: it may have
   * been stored before a crash; then nothing happens.
   */
  mode: 'new' | 'again' | 'spooled';
}

type IncomingListener = (workspaceId: WorkspaceId, incoming: { networkId: string; txid: string }[]) => void;

const MAX_JOBS = 200;
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
export class PostbackLog {
  private readonly commits = new GroupCommit<LogJob, LogEntry>({
    run: (workspaceId, jobs) => this.store(workspaceId as WorkspaceId, jobs),
    maxJobs: MAX_JOBS,
    patienceMs: PATIENCE_MS,
    late: () => new DatabaseTimeout(),
    // One that was spooled meanwhile, and applied under the same id, must not fail the others.
    isOnesFault: (error) => isRefused(error) || isDuplicateKey(error),
  });

  /** Where transactions have met a key that another click has, and what has a key is therefore looked for everywhere. */
  private readonly watched = new LRUCache<WorkspaceId, true>({ max: MAX_WATCHED, ttl: WATCHED_MS });
  private told: IncomingListener | undefined;

  constructor(
    private readonly conversions: ConversionsService,
    private readonly postbacks: PostbacksRepository,
    private readonly transactions: Transactions,
  ) {}

  /** @returns the entry as it is stored. @throws DatabaseTimeout and other errors of MongoDB: then nothing is stored, as far as is known. */
  write(workspaceId: WorkspaceId, job: LogJob): Promise<LogEntry> {
    return this.commits.submit(workspaceId, job);
  }

  private async store(workspaceId: WorkspaceId, jobs: LogJob[]): Promise<LogEntry[]> {
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
    const incoming = jobs.flatMap(({ event }, i) => incomingOf(event, stored[i]?.verdict));
    if (incoming.length > 0) this.told?.(workspaceId, incoming);
    return stored;
  }

  /** @param told of money under transaction ids, once it is stored; may be told of what was told before. */
  onIncoming(told: IncomingListener): void {
    this.told = told;
  }

  private async storeIn(workspaceId: WorkspaceId, jobs: LogJob[], tx: Transaction): Promise<LogEntry[]> {
    const known = await this.knownEntries(workspaceId, jobs, tx);
    const due = jobs.filter(({ entry, mode }) => !(mode === 'spooled' && known.has(entry._id)));
    const events = due.flatMap(({ event }) => event ?? []);
    const byClickAlone = !this.watched.has(workspaceId);
    const { applied, store } = await this.conversions.work(workspaceId, events, tx, { byClickAlone });
    const results = new Map(events.map((event, i) => [event, applied[i] as Applied]));

    const stored = new Map<LogJob, LogEntry>();
    for (const job of due) {
      const found =
        job.event === null ? job.entry : { ...job.entry, ...findingOf(job, results.get(job.event) as Applied) };
      stored.set(job, job.mode === 'again' ? withAttempt(known.get(job.entry._id) ?? job.entry, found) : found);
    }
    const inserts = due.flatMap((job) => (job.mode === 'again' ? [] : [stored.get(job) as LogEntry]));
    const changes = due.flatMap((job) => {
      const before = job.mode === 'again' ? known.get(job.entry._id) : undefined; // none: its time was over meanwhile
      return before === undefined ? [] : [{ before, after: stored.get(job) as LogEntry }];
    });
    await store(this.postbacks.saveMany(workspaceId, { inserts, changes }, tx));
    return jobs.map((job) => stored.get(job) ?? (known.get(job.entry._id) as LogEntry));
  }

  private async knownEntries(
    workspaceId: WorkspaceId,
    jobs: LogJob[],
    tx: Transaction,
  ): Promise<Map<string, LogEntry>> {
    const ids = jobs.flatMap(({ entry, mode }) => (mode === 'new' ? [] : [entry._id]));
    if (ids.length === 0) return new Map();
    const entries = await this.postbacks.findMany(workspaceId, { _id: { $in: ids } }, tx);
    return new Map(entries.map((entry) => [entry._id, entry]));
  }
}

function incomingOf(
  event: ConversionEvent | null,
  verdict: Verdict | undefined,
): { networkId: string; txid: string }[] {
  if (event === null || event.isChargeback || event.networkId === null || event.txid === null) return [];
  return verdict === 'accepted' || verdict === 'updated' ? [{ networkId: event.networkId, txid: event.txid }] : [];
}

function findingOf({ event, entry }: LogJob, applied: Applied): Partial<LogEntry> {
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
  // What a mended mapping of currencies could make good.
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
