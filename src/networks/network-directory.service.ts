import { type BeforeApplicationShutdown, Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { within } from '../platform/concurrency/within.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.token.js';
import { ProblemException } from '../platform/http/problem.js';
import { LOGGER } from '../platform/logging/logger.js';
import { DatabaseTimeout } from '../platform/mongo/mongo-errors.js';
import { MongoWatch } from '../platform/mongo/mongo-watch.service.js';
import { addressBlock } from '../platform/net/address-block.js';
import { LookUpBudget } from '../platform/rate-limit/look-up-budget.js';
import { NotFoundLimiter } from '../platform/rate-limit/not-found-limiter.js';
import { SlowLane } from '../platform/rate-limit/slow-lane.js';
import { RedisService } from '../platform/redis/redis.service.js';
import { NetworkReadModel } from './network.read-model.js';
import { ownCopy } from '../platform/text/own-copy.js';
import type { Network } from './network.schema.js';

const CHANNEL = 'hopback:networks-changed';
const MAX_KNOWN = 10_000;
const MAX_UNKNOWN = 10_000;
const MAX_PENDING = 2_000;
const UNKNOWN_TTL_MS = 1_000;
/** How often it is asked what has changed, while Redis does not tell. */
const TICK_MS = 250;
/** While it does, all the same: a message may be lost. */
const ASK_ANYWAY_MS = 30_000;
/** How long Redis must be heard before hearing is enough: what was being looked up when it came back is known by then. */
const SETTLED_MS = 1_000;
/** How long a postback of a network that is not known waits for MongoDB. */
const PATIENCE_MS = 3_000;
/** For addresses that have asked for too many unknown keys: twenty look-ups a second each, and two seconds of waiting. */
const SLOW_LANE = { maxWaiting: 40, maxWaitingInAll: 1_000, pauseMs: 50 };
const RETRY_AFTER_SECONDS = '60';

/**
 * The networks that this process knows, by their keys, so that a postback of a known network asks nobody whose it is. What
 * other instances change is heard over Redis; while that is silent, MongoDB is asked for all known networks at once. No
 * postback waits for either. While MongoDB is away, networks are served as they are known.
 */
@Injectable()
export class NetworkDirectory implements OnModuleInit, BeforeApplicationShutdown {
  private readonly known = new LRUCache<string, Network>({ max: MAX_KNOWN });
  private readonly unknown = new LRUCache<string, true>({ max: MAX_UNKNOWN, ttl: UNKNOWN_TTL_MS });
  /** One look-up at a time for each key, however many ask. */
  private readonly pending = new Map<string, Promise<Network | undefined>>();
  private readonly budget = new LookUpBudget(MAX_PENDING);
  private readonly guesses: NotFoundLimiter;
  private readonly slowLane = new SlowLane(SLOW_LANE);
  /** Counts changes that were heard of: what was asked for before the last of them is good for whoever asked, but not kept. */
  private changes = 0;
  private heardSince = Number.NaN;
  private hasGap = true;
  private isAsking = false;
  private askedAt = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly anyNetwork: NetworkReadModel,
    private readonly redis: RedisService,
    private readonly mongo: MongoWatch,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(SETTINGS) settings: Settings,
  ) {
    this.guesses = new NotFoundLimiter({ perMinute: settings.rateLimits.address || Number.POSITIVE_INFINITY });
  }

  onModuleInit(): void {
    this.redis.subscribe(CHANNEL, (id) => this.forget(id));
    this.timer = setInterval(() => void this.follow(), TICK_MS);
    this.timer.unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /**
   * Whose key this is, the one for pages too; the key before the last rotation counts until it is ended. Keys have one shape; anything else costs no
   * look-up.
   * @param from the address that asks. One that asks for many unknown keys has its look-ups done one after the other, never
   * those of keys that are known here.
   * @throws ProblemException 429 when too many look-ups of that address wait.
   * @throws Error when the key is not known here and MongoDB does not answer.
   */
  async findByKey(key: string, from?: string): Promise<Network | undefined> {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const network = this.mayExist(key) ? await this.lookUpFor(key, from) : undefined;
    if (network === undefined && from !== undefined) this.guesses.isTooMany(from);
    return network;
  }

  private mayExist(key: string): boolean {
    return /^[0-9A-Za-z]{24}$/.test(key) && !this.unknown.has(key);
  }

  private lookUpFor(key: string, from: string | undefined): Promise<Network | undefined> {
    const lookUp = (): Promise<Network | undefined> =>
      within(
        PATIENCE_MS,
        this.lookUpOnce(key, from),
        () => new DatabaseTimeout(),
        () => this.mongo.isAnswering,
      );
    if (from === undefined || this.pending.has(key) || !this.guesses.isOver(from)) return lookUp();
    const lookUpUnlessKnown = async (): Promise<Network | undefined> =>
      this.known.get(key) ?? (this.unknown.has(key) ? undefined : lookUp());
    const slow = this.slowLane.run(addressBlock(from), lookUpUnlessKnown);
    if (slow !== undefined) return slow;
    const detail = `Too many unknown keys came from your address: try again in ${RETRY_AFTER_SECONDS} seconds.`;
    throw new ProblemException('too_many_requests', detail, undefined, { 'retry-after': RETRY_AFTER_SECONDS });
  }

  /** To be called after a network was changed or deleted. */
  async changed(id: string): Promise<void> {
    this.forget(id);
    await this.redis.publish(CHANNEL, id);
  }

  private forget(id: string): void {
    this.changes++;
    this.pending.clear();
    for (const [key, network] of this.known.entries()) if (network._id === id) this.known.delete(key);
  }

  private lookUpOnce(sharedKey: string, from: string | undefined): Promise<Network | undefined> {
    const running = this.pending.get(sharedKey);
    if (running) return running;
    const end = this.budget.begin(from);
    if (end === undefined) return Promise.reject(new DatabaseTimeout());
    const key = ownCopy(sharedKey);
    const lookUp = this.lookUp(key).finally(() => {
      end();
      if (this.pending.get(key) === lookUp) this.pending.delete(key);
    });
    lookUp.catch(() => undefined); // whoever asked may have stopped waiting
    this.pending.set(key, lookUp);
    return lookUp;
  }

  private async lookUp(key: string): Promise<Network | undefined> {
    const { changes } = this;
    const network = await this.anyNetwork.findByKey(key);
    if (changes !== this.changes) return network;
    if (network) this.known.set(key, network);
    else this.unknown.set(key, true);
    return network;
  }

  private async follow(): Promise<void> {
    const now = Date.now();
    const heardSince = this.redis.hearingSince(now);
    if (heardSince !== this.heardSince || now - this.askedAt >= ASK_ANYWAY_MS) this.hasGap = true;
    this.heardSince = heardSince;
    if (!this.hasGap || this.isAsking) return;
    this.isAsking = true;
    try {
      const isSure = await this.refresh();
      this.askedAt = now;
      if (isSure && now - heardSince >= SETTLED_MS && this.heardSince === heardSince) this.hasGap = false;
    } catch (error) {
      this.logger.debug({ err: error }, 'whether networks have changed could not be asked for'); // served as they were
    } finally {
      this.isAsking = false;
    }
  }

  /** One question for all. Whether its answer still holds: nothing was heard of meanwhile. */
  private async refresh(): Promise<boolean> {
    const { changes } = this;
    const before = [...this.known.entries()];
    if (before.length === 0) return true;
    const networks = await this.anyNetwork.findByIds([...new Set(before.map(([, { _id }]) => _id))]);
    if (changes !== this.changes) return false;
    const byId = new Map(networks.map((network) => [network._id, network]));
    for (const [key, { _id, updatedAt }] of before) {
      const now = byId.get(_id);
      if (now === undefined || ![now.key, now.oldKey, now.pixelKey].includes(key)) this.known.delete(key);
      else if (now.updatedAt.getTime() !== updatedAt.getTime() && this.known.has(key)) {
        this.known.set(key, now);
      }
    }
    return true;
  }
}
