import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { ClientSession, Connection } from 'mongoose';
import { isDuplicateKey } from './mongo-errors.js';

/** A running transaction, to be handed to every repository call that belongs to it. */
export type Transaction = ClientSession;

const MAX_DUPLICATE_RETRIES = 5;

/** Runs work that is stored as a whole or not at all. */
@Injectable()
export class Transactions {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  /**
   * Runs `work` in one MongoDB transaction, majority-committed. It is run again from the start when it collides with
   * another writer: on a transient error (by the driver) and on a duplicate key (here), where the second run finds what
   * the winner has stored. So `work` must have no effect but through `tx`.
   */
  async run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.connection.getClient().withSession((session) =>
          session.withTransaction(() => work(session), {
            readConcern: { level: 'snapshot' },
            writeConcern: { w: 'majority' },
          }),
        );
      } catch (error) {
        if (!isDuplicateKey(error) || attempt > MAX_DUPLICATE_RETRIES) throw error;
        await sleep(Math.random() * 5 * attempt);
      }
    }
  }
}
