import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { Ticker } from '../platform/concurrency/ticker.js';
import { LOGGER } from '../platform/logging/logger.js';
import { MongoWatch } from '../platform/mongo/mongo-watch.service.js';
import { DomainReadModel } from './domain.read-model.js';
import { DomainVerification } from './domain-verification.service.js';

const LOOK_EVERY_MS = 60_000;
/** Longer than any check takes. */
const LEASE_MS = 10 * 60_000;
const AT_ONCE = 5;
const MAX_A_LOOK = 2_000;

/**
 * Checks every verified domain once a day: a hostname that its owner let go must not stay with who had it. Each process
 * looks for what is due; what one has taken is not due for the others.
 */
@Injectable()
export class DomainRechecks implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly ticker = new Ticker(
    LOOK_EVERY_MS,
    () => this.checkDue(),
    (error) => this.logger.debug({ err: error }, 'domains could not be checked'),
  );

  constructor(
    private readonly anyDomain: DomainReadModel,
    private readonly verification: DomainVerification,
    private readonly mongo: MongoWatch,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.ticker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.ticker.stop();
  }

  /** All that are due, a few at a time; resolves when there is none left. */
  async checkDue(): Promise<void> {
    if (!this.mongo.isAnswering) return;
    let left = MAX_A_LOOK;
    const work = async (): Promise<void> => {
      while (left-- > 0 && !this.ticker.isEnding) {
        const now = new Date();
        const domain = await this.anyDomain.takeDue(now, new Date(now.getTime() + LEASE_MS));
        if (domain === undefined) return;
        await this.verification.recheck(domain);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }
}
