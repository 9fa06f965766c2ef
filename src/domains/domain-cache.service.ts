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

/** One document is read by its id this often, which says whether anything has changed. */
const POLL_EVERY_MS = 500;
const READ_ANYWAY_MS = 30_000;
const WAIT_MS = 3_000;
const MAX_HOSTNAME = 253;

type ChangeListener = (hostname: string) => void;

/**
 * All verified domains, in the memory of each process: no request waits for them, and an unverified host costs no look-up.
 * Changes by other processes are seen within half a second, with Redis and without. While MongoDB is away, domains are
 * served as they are known.
 */
@Injectable()
export class DomainCache implements OnModuleInit, BeforeApplicationShutdown {
  private readonly domains: ReplicatedSet<ServedDomain>;
  private readonly feed: ChangeFeed;
  private readonly listeners: ChangeListener[] = [];
  private isStopped = false;

  constructor(
    anyDomain: DomainReadModel,
    sequences: SequenceRepository,
    private readonly mongo: MongoHealth,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.domains = new ReplicatedSet<ServedDomain>({
      readVersion: () => sequences.current(DOMAIN_CHANGES),
      readAll: async () => {
        const domains = await anyDomain.allVerified();
        return new Map(domains.map((domain) => [domain.hostname, toServedDomain(domain)]));
      },
      readAnywayMs: READ_ANYWAY_MS,
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
   * The domain as this process knows it, `undefined` for an unverified host; `'unknown-yet'` after a start until MongoDB has
   * answered for the first time.
   * @param hostname as `hostnameOf` gives it.
   */
  getCached(hostname: string): ServedDomain | undefined | 'unknown-yet' {
    return this.domains.isLoaded ? this.domains.getCached(hostname) : 'unknown-yet';
  }

  /**
   * The same, but an unknown host is asked for once more, with one small question for all that ask at a time: it may have
   * been verified a moment ago.
   * @throws DatabaseTimeout when nothing is known yet and MongoDB does not answer.
   */
  async find(hostname: string): Promise<ServedDomain | undefined> {
    const known = this.domains.getCached(hostname);
    if (known !== undefined || hostname.length > MAX_HOSTNAME) return known;
    try {
      await this.refresh();
    } catch (error) {
      if (!this.domains.isLoaded) throw error;
    }
    return this.domains.getCached(hostname);
  }

  /** Resolves when everything that was stored before the call is known here. @throws when MongoDB does not answer. */
  refresh(): Promise<void> {
    return withTimeout(
      WAIT_MS,
      this.domains.refresh(),
      () => new DatabaseTimeout(),
      () => this.mongo.isAnswering,
    );
  }

  /** Calls for each host that is served differently from now on, or no more. */
  onChange(listener: ChangeListener): void {
    this.listeners.push(listener);
  }
}

function isSame(a: ServedDomain | undefined, b: ServedDomain | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (Object.keys(b) as (keyof ServedDomain)[]).every((field) => a[field] === b[field]);
}
