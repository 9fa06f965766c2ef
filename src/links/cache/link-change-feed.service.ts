import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { ChangeFeed } from '../../platform/cache/change-feed.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { RedisService } from '../../platform/redis/redis.service.js';
import { type ChangedLink, LinkReadModel } from '../link.read-model.js';
import { RedisLinkCache } from './redis-link-cache.service.js';

const CHANNEL = 'hopback:links-changed';
/** Overlap of polls: clocks differ, changes are dated before they are committed, and a silent Redis is noticed late. */
const OVERLAP_MS = 10_000;
const RETRY_MS = 500;
const READY_CHECK_EVERY_MS = 10;
/** Time that a start waits for messages of Redis, and for Redis to be up to date. */
const MAX_WAIT_FOR_REDIS_MS = 500;
const MAX_START_WAIT_MS = 5_000;

export interface LinkChangeListener {
  /** The link at `hostname/slug` was created, changed or deleted. */
  addressChanged: (address: string) => void;
  /** These links changed recently. Each is reported several times. Their former addresses are unknown. */
  linksChanged: (links: readonly ChangedLink[]) => void;
}

/** Reports changes of links by all processes, so that cached links need no look-up of their own. */
@Injectable()
export class LinkChangeFeed implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly listeners: LinkChangeListener[] = [];
  private readonly feed: ChangeFeed;
  private retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly redis: RedisService,
    private readonly linkReadModel: LinkReadModel,
    private readonly redisLinks: RedisLinkCache,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.feed = new ChangeFeed({
      channel: { name: CHANNEL, redis },
      poll: (since) => this.poll(since),
      onPollFailed: (error) => logger.debug({ err: error }, 'changed links could not be read; retrying'),
    });
    this.feed.subscribe((address) => {
      for (const listener of this.listeners) listener.addressChanged(address);
    });
  }

  /** Without Redis there is only one process, and no change of another one. */
  onModuleInit(): void {
    if (!this.redis.isConfigured) return;
    this.redisLinks.onForgottenLate((address) => void this.feed.publish(address));
    this.feed.start();
  }

  /**
   * Waits until Redis can be used, which takes some milliseconds. Without that, the first clicks on a busy machine would
   * all go to MongoDB and delay the poll that Redis waits for.
   */
  async onApplicationBootstrap(): Promise<void> {
    if (!this.redis.isConfigured) return;
    const begin = Date.now();
    for (let waited = 0; !this.redisLinks.isReady; waited = Date.now() - begin) {
      const isHeard = this.redis.hearingSince(Date.now()) !== Number.POSITIVE_INFINITY;
      if (waited >= (isHeard ? MAX_START_WAIT_MS : MAX_WAIT_FOR_REDIS_MS)) return;
      await sleep(READY_CHECK_EVERY_MS);
    }
  }

  beforeApplicationShutdown(): void {
    this.feed.stop();
    clearTimeout(this.retry);
  }

  subscribe(listener: LinkChangeListener): void {
    this.listeners.push(listener);
  }

  /** Removes the old links from Redis first: a process that receives the message may read Redis at once. @param addresses `hostname/slug` */
  async publish(...addresses: string[]): Promise<void> {
    await this.redisLinks.forget(addresses);
    await Promise.all(addresses.map((address) => this.feed.publish(address)));
  }

  /** True when all changes but those of about the last second are received. */
  isFollowing(now: number): boolean {
    return !this.redis.isConfigured || this.feed.isFollowing(now);
  }

  /** Used when Redis sends messages but refuses commands. Polls for Redis alone; the polls of this process stay as they are. */
  private retryCatchUp(): void {
    this.retry ??= setTimeout(() => {
      this.retry = undefined;
      this.poll(Date.now()).catch(() => this.retryCatchUp());
    }, RETRY_MS).unref();
  }

  private async poll(since: number): Promise<boolean> {
    const links = await this.linkReadModel.changedSince(new Date(since - OVERLAP_MS));
    if (links.length > 0) for (const listener of this.listeners) listener.linksChanged(links);
    if (!(await this.redisLinks.catchUp(links))) this.retryCatchUp();
    return true;
  }
}
