import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { type ClientSession, mongo } from 'mongoose';
import { SessionRegistry } from './session-registry.service.js';
import { DatabaseTimeout, isConnectionLost, isDuplicateKey } from './mongo-errors.js';

/** A running transaction. Pass it to every repository call that belongs to it. */
export type Transaction = ClientSession;

const MAX_DUPLICATE_RETRIES = 5;
/** The driver itself would retry for two minutes. */
const PATIENCE_MS = 10_000;
const COMMIT_PAUSE_MS = 10;

/** The source of sessions. Each session is used by one transaction at a time. */
export interface SessionSource {
  use<T>(work: (session: ClientSession) => Promise<T>): Promise<T>;
}

/** Runs work whose writes are stored completely or not at all. */
@Injectable()
export class Transactions {
  private readonly afterCommits = new WeakMap<Transaction, (() => void)[]>();

  constructor(@Inject(SessionRegistry) private readonly sessions: SessionSource) {}

  /**
   * Runs `work` in one MongoDB transaction, majority-committed. It is repeated from the start after a conflict with another
   * writer: on a transient error (by the driver), on a duplicate key (here; the next run finds the stored document), and
   * when its connection breaks. So `work` must have no effects except through `tx`.
   * @param work receives whether a duplicate key has ended an earlier run.
   * @throws DatabaseTimeout when there is no answer in time. It is then unknown whether the work was stored, so callers must
   * be able to repeat it safely.
   */
  async run<T>(work: (tx: Transaction, wasDuplicate: boolean) => Promise<T>): Promise<T> {
    const deadline = Date.now() + PATIENCE_MS;
    for (let attempt = 1; ; attempt++) {
      try {
        return await withinPatience(
          this.attempt((tx) => work(tx, attempt > 1), deadline),
          deadline,
        );
      } catch (error) {
        if (!isDuplicateKey(error) || attempt > MAX_DUPLICATE_RETRIES) throw error;
        await sleep(Math.random() * 5 * attempt);
      }
    }
  }

  /**
   * Calls `action` once the transaction is stored; not for a run that fails or is repeated. A process that is killed in
   * between does not call it. It must not throw.
   */
  afterCommit(tx: Transaction, action: () => void): void {
    this.afterCommits.set(tx, [...(this.afterCommits.get(tx) ?? []), action]);
  }

  private attempt<T>(work: (tx: Transaction) => Promise<T>, deadline: number): Promise<T> {
    return this.sessions.use(async (session) => {
      const result = await session.withTransaction(
        async () => {
          if (Date.now() > deadline) throw new DatabaseTimeout();
          this.afterCommits.delete(session);
          const done = await worthAnotherTry(work(session));
          await commit(session, deadline);
          return done;
        },
        { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } },
      );
      for (const action of this.afterCommits.get(session) ?? []) action();
      return result;
    });
  }
}

async function withinPatience<T>(attempt: Promise<T>, deadline: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new DatabaseTimeout()), deadline - Date.now());
  });
  attempt.catch(() => undefined); // not awaited any more after the timeout
  try {
    return await Promise.race([attempt, patience]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Adds the label that makes the driver repeat a transaction. When several connections break at once, the driver labels
 * only the first error (docs/traps.md, "a moment without connections").
 */
async function worthAnotherTry<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof mongo.MongoError && isConnectionLost(error)) error.addErrorLabel('TransientTransactionError');
    throw error;
  }
}

/** Commits, and repeats that until MongoDB reports the outcome. Committing twice has no further effect. */
async function commit(session: ClientSession, deadline: number): Promise<void> {
  for (;;) {
    try {
      await session.commitTransaction();
      return;
    } catch (error) {
      if (!isCommitUnknown(error) || Date.now() > deadline) throw error;
      await sleep(COMMIT_PAUSE_MS);
    }
  }
}

function isCommitUnknown(error: unknown): boolean {
  const isLabelled = error instanceof mongo.MongoError && error.hasErrorLabel('UnknownTransactionCommitResult');
  return isLabelled || isConnectionLost(error);
}
