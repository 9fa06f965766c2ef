import { Inject, Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import { withTimeout } from '../concurrency/with-timeout.js';
import { LOGGER } from '../logging/logger.js';
import { type OutageLog, outageLog } from '../logging/outage-log.js';
import { DatabaseTimeout } from './mongo-errors.js';

const PING_EVERY_MS = 400;
/** A slow MongoDB still counts as answering: on a busy machine a ping takes some hundred milliseconds. */
const PATIENCE_MS = 1_000;

/** Checks in the background whether MongoDB answers, so that a request never waits to find out. Logs when that changes. */
@Injectable()
export class MongoHealth implements OnModuleInit, BeforeApplicationShutdown {
  private askedAt: number | undefined;
  private isFailing = false;
  private isEnding = false;
  private timer: NodeJS.Timeout | undefined;
  private readonly outage: OutageLog;

  constructor(
    @InjectConnection() private readonly connection: Connection,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.outage = outageLog(logger, 'MongoDB');
  }

  onModuleInit(): void {
    this.timer = setInterval(() => void this.check(), PING_EVERY_MS);
    this.timer.unref();
  }

  /** False as soon as a ping has failed or is overdue. */
  get isAnswering(): boolean {
    return !this.isFailing && (this.askedAt === undefined || Date.now() - this.askedAt < PATIENCE_MS);
  }

  /** @throws Error when MongoDB does not answer within a second. A frozen mongod would never answer by itself. */
  async ping(): Promise<void> {
    await withTimeout(PATIENCE_MS, this.command(), () => new Error(`no answer within ${PATIENCE_MS} ms`));
  }

  beforeApplicationShutdown(): void {
    this.isEnding = true;
    clearInterval(this.timer);
  }

  private async check(): Promise<void> {
    if (this.askedAt !== undefined) {
      if (!this.isAnswering) this.outage.noteFailure(new DatabaseTimeout());
      return;
    }
    this.askedAt = Date.now();
    try {
      await this.command();
      this.isFailing = false;
      this.outage.noteSuccess();
    } catch (error) {
      this.isFailing = true;
      if (!this.isEnding) this.outage.noteFailure(error);
    } finally {
      this.askedAt = undefined;
    }
  }

  private command(): Promise<unknown> {
    return this.connection.getClient().db('admin').command({ ping: 1 });
  }
}
