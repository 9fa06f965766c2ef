import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { KeptSessions } from './kept-sessions.service.js';
import { DatabaseTimeout, isDuplicateKey } from './mongo-errors.js';

/** A running transaction, to be handed to every repository call that belongs to it. */
export type Transaction = ClientSession;

const MAX_DUPLICATE_RETRIES = 5;
/** The driver itself would go on trying for two minutes. */
const PATIENCE_MS = 10_000;

/** Where transactions get their sessions from: each is used by one at a time. */
export interface SessionSource {
  use<T>(work: (session: ClientSession) => Promise<T>): Promise<T>;
}

/** Runs work that is stored as a whole or not at all. */
@Injectable()
export class Transactions {
  constructor(@Inject(KeptSessions) private readonly sessions: SessionSource) {}

  /**
   * Runs `work` in one MongoDB transaction, majority-committed. It is run again from the start when it collides with
   * another writer: on a transient error (by the driver) and on a duplicate key (here), where the second run finds what
   * the winner has stored. So `work` must have no effect but through `tx`.
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
        () => {
          if (Date.now() > deadline) throw new DatabaseTimeout();
          return work(session);
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
