import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { type ClientSession, mongo } from 'mongoose';
import { SessionRegistry } from './session-registry.service.js';
import { DatabaseTimeout, isConnectionLost, isDuplicateKey } from './mongo-errors.js';

/** A running transaction, to be handed to every repository call that belongs to it. */
export type Transaction = ClientSession;

const MAX_DUPLICATE_RETRIES = 5;
/** The driver itself would go on trying for two minutes. */
const PATIENCE_MS = 10_000;
const COMMIT_PAUSE_MS = 10;

/** Where transactions get their sessions from: each is used by one at a time. */
export interface SessionSource {
  use<T>(work: (session: ClientSession) => Promise<T>): Promise<T>;
}

/** Runs work that is stored as a whole or not at all. */
@Injectable()
export class Transactions {
  constructor(@Inject(SessionRegistry) private readonly sessions: SessionSource) {}

  /**
   * Runs `work` in one MongoDB transaction, majority-committed. It is run again from the start when it collides with
   * another writer: on a transient error (by the driver) and on a duplicate key (here), where the second run finds what
   * the winner has stored; and when its connection breaks. So `work` must have no effect but through `tx`.
   * @param work is told whether a duplicate key has ended it before.
   * @throws DatabaseTimeout when there is no answer in time. Whether it was stored is not known then: what is run in a
   * transaction must bear being asked for again.
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

  private attempt<T>(work: (tx: Transaction) => Promise<T>, deadline: number): Promise<T> {
    return this.sessions.use((session) =>
      session.withTransaction(
        async () => {
          if (Date.now() > deadline) throw new DatabaseTimeout();
          const result = await worthAnotherTry(work(session));
          await commit(session, deadline);
          return result;
        },
        { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } },
      ),
    );
  }
}

async function withinPatience<T>(attempt: Promise<T>, deadline: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new DatabaseTimeout()), deadline - Date.now());
  });
  attempt.catch(() => undefined); // nobody waits for it any more once patience has run out
  try {
    return await Promise.race([attempt, patience]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The driver runs a transaction again whose error has this label. It forgets to give it to all but the first of the errors
 * of several connections that break at once (docs/traps.md, "a moment without connections").
 */
async function worthAnotherTry<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof mongo.MongoError && isConnectionLost(error)) error.addErrorLabel('TransientTransactionError');
    throw error;
  }
}

/** Asks until MongoDB says what became of it, which does no harm: to commit twice is to commit once. */
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
