import { type BeforeApplicationShutdown, Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { ChangeFeed } from '../../platform/cache/change-feed.js';
import { ReplicatedCache } from '../../platform/cache/replicated-cache.js';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { MongoHealth } from '../../platform/mongo/mongo-health.service.js';
import { addressBlock } from '../../platform/net/address-block.js';
import { LookUpLimit } from '../../platform/rate-limit/look-up-limit.js';
import { NotFoundLimiter } from '../../platform/rate-limit/not-found-limiter.js';
import { PacedQueue } from '../../platform/rate-limit/paced-queue.js';
import { RedisService } from '../../platform/redis/redis.service.js';
import { NetworkReadModel } from './network.read-model.js';
import type { Network } from '../network.schema.js';

const CHANNEL = 'hopback:networks-changed';
const MAX_NETWORKS = 10_000;
const ABSENT = { max: 10_000, ttlMs: 1_000 };
const MAX_LOADS = 2_000;
/** How long a postback with an unknown key waits for MongoDB. */
const WAIT_MS = 3_000;
/** For addresses that sent too many unknown keys: 20 look-ups a second for each, and at most 2 seconds of waiting. */
const SLOW_LANE = { maxWaiting: 40, maxWaitingInAll: 1_000, pauseMs: 50 };
const RETRY_AFTER_SECONDS = '60';

/**
 * The networks that this process knows, by their keys, so that a postback of a known network costs no query. Changes of other
 * processes arrive over Redis. While Redis is silent, one query to MongoDB checks all known networks. No postback waits
 * for either. While MongoDB is down, cached networks are used as they are.
 */
@Injectable()
export class NetworkCache implements OnModuleInit, BeforeApplicationShutdown {
  private readonly cache: ReplicatedCache<Network>;
  private readonly feed: ChangeFeed;
  private readonly guesses: NotFoundLimiter;
  private readonly slowLane = new PacedQueue(SLOW_LANE);
  /** Counts reported changes. A poll that began before the last of them does not count. */
  private changes = 0;

  constructor(
    private readonly networks: NetworkReadModel,
    redis: RedisService,
    mongo: MongoHealth,
    @Inject(LOGGER) logger: Logger,
    @Inject(SETTINGS) settings: Settings,
  ) {
    this.guesses = new NotFoundLimiter({ perMinute: settings.rateLimits.address || Number.POSITIVE_INFINITY });
    const limit = new LookUpLimit(MAX_LOADS);
    this.cache = new ReplicatedCache<Network>({
      load: (key) => networks.findByKey(key),
      max: MAX_NETWORKS,
      absent: ABSENT,
      waitMs: { absent: WAIT_MS },
      isStoreAnswering: () => mongo.isAnswering,
      beginLoad: (from) => limit.begin(from),
    });
    this.feed = new ChangeFeed({
      channel: { name: CHANNEL, redis },
      poll: () => this.poll(),
      onPollFailed: (error) => logger.debug({ err: error }, 'changed networks could not be read; retrying'),
    });
    this.feed.subscribe((id) => this.forget(id));
  }

  onModuleInit(): void {
    this.feed.start();
  }

  beforeApplicationShutdown(): void {
    this.feed.stop();
  }

  /**
   * The network with this key, this pixel key, or this key before its last rotation. A text that does not have the form of
   * a key costs no look-up.
   * @param from the sender's address. If it sends many unknown keys, its look-ups run one after the other. Cached keys are
   * always found at once.
   * @throws ProblemException 429 when too many look-ups of that address wait.
   * @throws Error when the key is not cached and MongoDB does not answer.
   */
  async findByKey(key: string, from?: string): Promise<Network | undefined> {
    const known = this.cache.getCached(key);
    if (known !== undefined) return known;
    const network = this.mayExist(key) ? await this.lookUpFor(key, from) : undefined;
    if (network === undefined && from !== undefined) this.guesses.isTooMany(from);
    return network;
  }

  /** Must be called after a network was changed or deleted. */
  async changed(id: string): Promise<void> {
    await this.feed.publish(id);
  }

  private mayExist(key: string): boolean {
    return /^[0-9A-Za-z]{24}$/.test(key) && !this.cache.isKnownAbsent(key);
  }

  private lookUpFor(key: string, from: string | undefined): Promise<Network | undefined> {
    if (from === undefined || this.cache.isLoading(key) || !this.guesses.isOver(from))
      return this.cache.find(key, from);
    const slow = this.slowLane.run(addressBlock(from), () => this.cache.find(key, from));
    if (slow !== undefined) return slow;
    const detail = `Too many unknown keys came from your address: try again in ${RETRY_AFTER_SECONDS} seconds.`;
    throw new ProblemException('too_many_requests', detail, undefined, { 'retry-after': RETRY_AFTER_SECONDS });
  }

  private forget(id: string): void {
    this.changes++;
    this.cache.discardLoads();
    for (const [key, network] of this.cache.known()) if (network._id === id) this.cache.invalidate(key);
  }

  /** One query for all known networks. */
  private async poll(): Promise<boolean> {
    const { changes } = this;
    const before = [...this.cache.known()];
    if (before.length === 0) return true;
    const found = await this.networks.findByIds([...new Set(before.map(([, { _id }]) => _id))]);
    if (changes !== this.changes) return false;
    const byId = new Map(found.map((network) => [network._id, network]));
    for (const [key, { _id, updatedAt }] of before) {
      const now = byId.get(_id);
      if (now === undefined || ![now.key, now.oldKey, now.pixelKey].includes(key)) this.cache.invalidate(key);
      else if (now.updatedAt.getTime() !== updatedAt.getTime() && this.cache.has(key)) this.cache.set(key, now);
    }
    return true;
  }
}
