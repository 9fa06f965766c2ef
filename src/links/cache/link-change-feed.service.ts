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
/** Polled again each time: clocks differ, a change is dated before it is committed, and silence is noticed late. */
const OVERLAP_MS = 10_000;
const RETRY_MS = 500;
const LOOK_MS = 10;
/** How long a start waits for Redis to be heard, and to be up to date. */
const MAX_WAIT_FOR_REDIS_MS = 500;
const MAX_START_WAIT_MS = 5_000;

export interface LinkChangeListener {
  /** The link at `hostname/slug` has changed, or there is one from now on, or no more. */
  addressChanged: (address: string) => void;
  /** These have changed lately. Each is reported several times. Their former addresses are not known. */
  linksChanged: (links: readonly ChangedLink[]) => void;
}

/** Reports changes of links by all processes, so that a known link need not be looked up again. One poll for all links. */
@Injectable()
export class LinkChangeFeed implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly listeners: LinkChangeListener[] = [];
  private readonly feed: ChangeFeed;
  private retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly redis: RedisService,
    private readonly anyLink: LinkReadModel,
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

  /** Without a Redis there is one process only, which has nothing to follow. */
  onModuleInit(): void {
    if (!this.redis.isConfigured) return;
    this.redisLinks.onForgottenLate((address) => void this.feed.publish(address));
    this.feed.start();
  }

  /**
   * The first clicks come with the start, and Redis has their links. It is ready after some milliseconds. On a busy machine
   * clicks that come earlier would keep MongoDB from answering the poll that it waits for.
   */
  async onApplicationBootstrap(): Promise<void> {
    if (!this.redis.isConfigured) return;
    const begin = Date.now();
    for (let waited = 0; !this.redisLinks.isReady; waited = Date.now() - begin) {
      const isHeard = this.redis.hearingSince(Date.now()) !== Number.POSITIVE_INFINITY;
      if (waited >= (isHeard ? MAX_START_WAIT_MS : MAX_WAIT_FOR_REDIS_MS)) return;
      await sleep(LOOK_MS);
    }
  }

  beforeApplicationShutdown(): void {
    this.feed.stop();
    clearTimeout(this.retry);
  }

  subscribe(listener: LinkChangeListener): void {
    this.listeners.push(listener);
  }

  /** Redis forgets the old links first: a process that receives the message may read from Redis at once. @param addresses `hostname/slug` */
  async publish(...addresses: string[]): Promise<void> {
    await this.redisLinks.forget(addresses);
    await Promise.all(addresses.map((address) => this.feed.publish(address)));
  }

  /** Whether all changes but those of the last second or so are known here. */
  isFollowing(now: number): boolean {
    return !this.redis.isConfigured || this.feed.isFollowing(now);
  }

  /** Redis is heard and refuses commands. That does not make this process ask MongoDB more often for itself. */
  private catchUpLater(): void {
    this.retry ??= setTimeout(() => {
      this.retry = undefined;
      this.poll(Date.now()).catch(() => this.catchUpLater());
    }, RETRY_MS).unref();
  }

  private async poll(since: number): Promise<boolean> {
    const links = await this.anyLink.changedSince(new Date(since - OVERLAP_MS));
    if (links.length > 0) for (const listener of this.listeners) listener.linksChanged(links);
    if (!(await this.redisLinks.catchUp(links))) this.catchUpLater();
    return true;
  }
}
