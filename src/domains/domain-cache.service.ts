import { type BeforeApplicationShutdown, Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { ChangeFeed } from '../platform/cache/change-feed.js';
import { ReplicatedSet } from '../platform/cache/replicated-set.js';
import { withTimeout } from '../platform/concurrency/with-timeout.js';
import { LOGGER } from '../platform/logging/logger.js';
import { DatabaseTimeout } from '../platform/mongo/mongo-errors.js';
import { MongoHealth } from '../platform/mongo/mongo-health.service.js';
import { SequenceRepository } from '../platform/mongo/sequence.repository.js';
import { DomainReadModel } from './domain.read-model.js';
import { DOMAIN_CHANGES } from './domains.repository.js';
import { type ServedDomain, toServedDomain } from './rules/served-domain.js';

/** Period of reading the one document whose version says whether any domain has changed. */
const POLL_EVERY_MS = 500;
const FULL_READ_EVERY_MS = 30_000;
const REFRESH_TIMEOUT_MS = 3_000;
const MAX_HOSTNAME_LENGTH = 253;

type ChangeListener = (hostname: string) => void;

/**
 * All verified domains, in the memory of each process. No request waits for them; an unverified host costs no query.
 * Changes by other processes are seen within half a second, with Redis and without. While MongoDB is away, the last
 * known state is served.
 */
@Injectable()
export class DomainCache implements OnModuleInit, BeforeApplicationShutdown {
  private readonly domains: ReplicatedSet<ServedDomain>;
  private readonly feed: ChangeFeed;
  private readonly listeners: ChangeListener[] = [];
  private isStopped = false;

  constructor(
    domainReadModel: DomainReadModel,
    sequences: SequenceRepository,
    private readonly mongo: MongoHealth,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.domains = new ReplicatedSet<ServedDomain>({
      readVersion: () => sequences.current(DOMAIN_CHANGES),
      readAll: async () => {
        const domains = await domainReadModel.allVerified();
        return new Map(domains.map((domain) => [domain.hostname, toServedDomain(domain)]));
      },
      readAnywayMs: FULL_READ_EVERY_MS,
      isSame,
      onChange: (hostname) => {
        for (const listener of this.listeners) listener(hostname);
      },
    });
    this.feed = new ChangeFeed({
      pollEveryMs: POLL_EVERY_MS,
      poll: async () => {
        await this.domains.refresh();
        return true;
      },
      onPollFailed: (error) => {
        if (!this.isStopped) logger.debug({ err: error }, 'changed domains could not be read; retrying');
      },
    });
  }

  onModuleInit(): void {
    this.feed.start();
  }

  beforeApplicationShutdown(): void {
    this.isStopped = true;
    this.feed.stop();
  }

  /**
   * The domain in memory, without I/O. `undefined`: the host is not verified.
   * `'unknown-yet'`: MongoDB has not answered since the start of this process.
   * @param hostname as `hostnameOf` returns it.
   */
  getCached(hostname: string): ServedDomain | undefined | 'unknown-yet' {
    return this.domains.isLoaded ? this.domains.getCached(hostname) : 'unknown-yet';
  }

  /**
   * Like `getCached`, but checks for changes first when the host is unknown: it may have been verified a moment ago.
   * Concurrent calls share one query.
   * @throws DatabaseTimeout when nothing is loaded yet and MongoDB does not answer.
   */
  async find(hostname: string): Promise<ServedDomain | undefined> {
    const known = this.domains.getCached(hostname);
    if (known !== undefined || hostname.length > MAX_HOSTNAME_LENGTH) return known;
    try {
      await this.refresh();
    } catch (error) {
      if (!this.domains.isLoaded) throw error;
    }
    return this.domains.getCached(hostname);
  }

  /** Resolves when everything that was stored before the call is in memory. @throws when MongoDB does not answer. */
  refresh(): Promise<void> {
    return withTimeout(
      REFRESH_TIMEOUT_MS,
      this.domains.refresh(),
      () => new DatabaseTimeout(),
      () => this.mongo.isAnswering,
    );
  }

  /** Calls the listener for each host that is served differently from now on, or no longer. */
  onChange(listener: ChangeListener): void {
    this.listeners.push(listener);
  }
}

function isSame(a: ServedDomain | undefined, b: ServedDomain | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (Object.keys(b) as (keyof ServedDomain)[]).every((field) => a[field] === b[field]);
}
