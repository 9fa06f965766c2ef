import { type BeforeApplicationShutdown, Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../platform/logging/logger.js';
import { RedisService } from '../platform/redis/redis.service.js';
import { type ChangedLink, LinkReadModel } from './link.read-model.js';

const CHANNEL = 'hopback:links-changed';
const TICK_MS = 250;
/** What was heard or asked for until then is as good as now. */
const LAPSED_MS = 1_500;
/** Asked for again each time: clocks differ, a change is dated before it is committed, and silence is noticed late. */
const OVERLAP_MS = 10_000;
/** What was being looked up when Redis came back is known by then, and compared once more. */
const SETTLED_MS = 1_000;

export interface NewsListener {
  /** `hostname/slug` leads elsewhere now, or nowhere. */
  addressChanged: (address: string) => void;
  /** These have changed lately; each is told again and again for some seconds. Where they were before is not known. */
  linksChanged: (links: readonly ChangedLink[]) => void;
}

/**
 * Follows what all instances do to links, so that a link that is known need not be looked at: over Redis, and while that is
 * silent (and once when it is back) by asking MongoDB what has changed. One question for all links, however many are in use.
 */
@Injectable()
export class LinkNews implements OnModuleInit, BeforeApplicationShutdown {
  private readonly listeners: NewsListener[] = [];
  /** `RedisService.hearingSince` as it was when we last looked; another one means that something may have been missed. */
  private heardSince = Number.NaN;
  private hasGap = true;
  private isAsking = false;
  private followedUntil = Date.now();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly redis: RedisService,
    private readonly anyLink: LinkReadModel,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    if (!this.redis.isConfigured) return;
    this.redis.subscribe(CHANNEL, (address) => this.tellAddress(address));
    this.timer = setInterval(() => void this.follow(), TICK_MS);
    this.timer.unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  subscribe(listener: NewsListener): void {
    this.listeners.push(listener);
  }

  /** @param address `hostname/slug` */
  publish(address: string): Promise<void> {
    this.tellAddress(address);
    return this.redis.publish(CHANNEL, address);
  }

  /** Whether all that others have done is known here, but for the last second or so. Without a Redis there are no others. */
  isFollowing(now: number): boolean {
    return !this.redis.isConfigured || now - this.followedUntil < LAPSED_MS;
  }

  private tellAddress(address: string): void {
    for (const listener of this.listeners) listener.addressChanged(address);
  }

  private async follow(): Promise<void> {
    const now = Date.now();
    const heardSince = this.redis.hearingSince(now);
    if (heardSince !== this.heardSince) this.hasGap = true;
    this.heardSince = heardSince;
    if (!this.hasGap) {
      this.followedUntil = now;
      return;
    }
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      await this.ask(now);
      // It was heard since well before we asked, and still is: from here on hearing is enough.
      if (now - heardSince >= SETTLED_MS && this.heardSince === heardSince) this.hasGap = false;
    } catch (error) {
      this.logger.debug({ err: error }, 'what has changed could not be asked for'); // known links are served as they were
    } finally {
      this.isAsking = false;
    }
  }

  private async ask(now: number): Promise<void> {
    const links = await this.anyLink.changedSince(new Date(this.followedUntil - OVERLAP_MS));
    if (links.length > 0) for (const listener of this.listeners) listener.linksChanged(links);
    this.followedUntil = now;
  }
}
