import { type BeforeApplicationShutdown, Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { within } from '../platform/concurrency/within.js';
import { LOGGER } from '../platform/logging/logger.js';
import { DatabaseTimeout } from '../platform/mongo/mongo-errors.js';
import { MongoWatch } from '../platform/mongo/mongo-watch.service.js';
import { SequenceRepository } from '../platform/mongo/sequence.repository.js';
import { DomainReadModel } from './domain.read-model.js';
import { DOMAIN_CHANGES } from './domains.repository.js';
import { type ServedDomain, toServedDomain } from './served-domain.js';

/** How often it is asked whether anything has changed, one document by its id. */
const ASK_EVERY_MS = 500;
/** Questions that keep this distance can be asked by a flood of unknown hosts without anybody noticing. */
const MIN_PAUSE_MS = 10;
/** All are read again this often even though nothing seems to have changed: a change may be stored and not counted. */
const READ_ANYWAY_MS = 30_000;
const PATIENCE_MS = 3_000;
const MAX_HOSTNAME = 253;

type ChangeListener = (hostname: string) => void;

/**
 * The verified domains, all of them, in the memory of each process: who asks for a host waits for nobody, and a host that
 * is nobody's costs no look-up. What other processes change is seen within half a second, with Redis and without. While
 * MongoDB is away, domains are served as they are known.
 */
@Injectable()
export class DomainDirectory implements OnModuleInit, BeforeApplicationShutdown {
  private known: ReadonlyMap<string, ServedDomain> | undefined;
  private knownVersion = -1;
  private readAt = 0;
  private running: Promise<void> | undefined;
  private waiting: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;
  private readonly listeners: ChangeListener[] = [];

  constructor(
    private readonly anyDomain: DomainReadModel,
    private readonly sequences: SequenceRepository,
    private readonly mongo: MongoWatch,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    const follow = (): void => void this.follow();
    this.timer = setInterval(follow, ASK_EVERY_MS);
    this.timer.unref();
    follow();
  }

  beforeApplicationShutdown(): void {
    this.isStopped = true;
    clearInterval(this.timer);
  }

  /**
   * The domain as this process knows it, `undefined` for a host that nobody has proved; `'unknown-yet'` after a start until
   * MongoDB has answered for the first time.
   * @param hostname as `hostnameOf` gives it.
   */
  peek(hostname: string): ServedDomain | undefined | 'unknown-yet' {
    return this.known === undefined ? 'unknown-yet' : this.known.get(hostname);
  }

  /**
   * The same, but a host that is not known is asked for once more, one small question for all who ask at a time: it may have
   * been verified a moment ago.
   * @throws DatabaseTimeout when nothing is known yet and MongoDB does not answer.
   */
  async find(hostname: string): Promise<ServedDomain | undefined> {
    const known = this.known?.get(hostname);
    if (known !== undefined || hostname.length > MAX_HOSTNAME) return known;
    try {
      await this.refresh();
    } catch (error) {
      if (this.known === undefined) throw error;
    }
    return this.known?.get(hostname);
  }

  /** Resolves when all that was stored before the call is known here. @throws when MongoDB does not answer. */
  refresh(): Promise<void> {
    return within(
      PATIENCE_MS,
      this.catchUp(),
      () => new DatabaseTimeout(),
      () => this.mongo.isAnswering,
    );
  }

  /** Tells of each host that is served differently from now on, or no more. */
  onChange(listener: ChangeListener): void {
    this.listeners.push(listener);
  }

  /** What is being asked now may have been answered before the change: so the next question is the one to wait for. */
  private catchUp(): Promise<void> {
    if (this.running === undefined) {
      this.running = this.ask().finally(() => (this.running = undefined));
      this.running.catch(() => undefined); // told to those who wait
      return this.running;
    }
    this.waiting ??= this.afterRunning(this.running).finally(() => (this.waiting = undefined));
    this.waiting.catch(() => undefined);
    return this.waiting;
  }

  private async afterRunning(running: Promise<void>): Promise<void> {
    await running.catch(() => undefined);
    await sleep(MIN_PAUSE_MS, undefined, { ref: false });
    this.waiting = undefined;
    await this.catchUp();
  }

  private async follow(): Promise<void> {
    if (this.running !== undefined) return;
    try {
      await this.catchUp();
    } catch (error) {
      if (!this.isStopped) this.logger.debug({ err: error }, 'whether domains have changed could not be asked for');
    }
  }

  private async ask(): Promise<void> {
    const version = await this.sequences.current(DOMAIN_CHANGES);
    const now = Date.now();
    if (version === this.knownVersion && now - this.readAt < READ_ANYWAY_MS) return;
    const domains = await this.anyDomain.allVerified();
    const before = this.known;
    this.known = new Map(domains.map((domain) => [domain.hostname, toServedDomain(domain)]));
    this.knownVersion = version;
    this.readAt = now;
    if (before !== undefined && this.listeners.length > 0) this.tell(before, this.known);
  }

  private tell(before: ReadonlyMap<string, ServedDomain>, after: ReadonlyMap<string, ServedDomain>): void {
    for (const hostname of new Set([...before.keys(), ...after.keys()])) {
      if (isSame(before.get(hostname), after.get(hostname))) continue;
      for (const listener of this.listeners) listener(hostname);
    }
  }
}

function isSame(a: ServedDomain | undefined, b: ServedDomain | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (Object.keys(b) as (keyof ServedDomain)[]).every((field) => a[field] === b[field]);
}
