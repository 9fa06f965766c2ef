import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { DomainsService } from '../domains/domains.service.js';
import { RedisService } from '../platform/redis/redis.service.js';
import { type CompiledLink, compileLink } from './compiled-link.js';
import { LinkReadModel } from './link.read-model.js';

const CHANNEL = 'hopback:links-changed';
const MAX_LINKS = 100_000;
const MAX_UNKNOWN = 10_000;
// With Redis a change is heard of at once; these are for a message that got lost.
const LINK_FRESH_MS = 30_000;
const UNKNOWN_TTL_MS = 2_000;
/** How long a click of a known link waits for a fresh look before it goes by what is known. */
const REFRESH_PATIENCE_MS = 50;

interface KnownLink {
  link: CompiledLink;
  freshUntil: number;
}

/**
 * The links that this process knows, compiled. A known link is served even while MongoDB is down. Unknown addresses are
 * remembered apart, so that they can not push links out.
 */
@Injectable()
export class LinkCache implements OnModuleInit {
  private readonly known = new LRUCache<string, KnownLink>({ max: MAX_LINKS });
  private readonly unknown = new LRUCache<string, true>({ max: MAX_UNKNOWN, ttl: UNKNOWN_TTL_MS });
  /** One look-up at a time for each address, however many ask. Forgotten when the link changes meanwhile. */
  private readonly pending = new Map<string, Promise<CompiledLink | undefined>>();

  constructor(
    private readonly anyLink: LinkReadModel,
    private readonly domains: DomainsService,
    private readonly redis: RedisService,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.redis.subscribe(CHANNEL, (key) => this.forget(key));
  }

  /** The link if this process knows it and has looked not long ago. */
  peek(hostname: string, slug: string): CompiledLink | undefined {
    const known = this.known.get(addressKey(hostname, slug));
    return known && known.freshUntil > Date.now() ? known.link : undefined;
  }

  /**
   * The link at this address, or `undefined` when there is none (or none that is active).
   * @throws Error when the link is not known here and MongoDB does not answer.
   */
  async find(hostname: string, slug: string): Promise<CompiledLink | undefined> {
    const key = addressKey(hostname, slug);
    const known = this.known.get(key);
    if (known && known.freshUntil > Date.now()) return known.link;
    if (this.unknown.has(key)) return undefined;
    const lookUp = this.lookUpOnce(key, hostname, slug);
    if (!known) return lookUp;
    const unchanged = async (): Promise<CompiledLink> => known.link;
    return Promise.race([lookUp.catch(unchanged), sleep(REFRESH_PATIENCE_MS).then(unchanged)]);
  }

  /** To be called after an address was given to a link, taken from one, or its link has changed. */
  async invalidate(hostname: string, slug: string): Promise<void> {
    const key = addressKey(hostname, slug);
    this.forget(key);
    await this.redis.publish(CHANNEL, key);
  }

  private forget(key: string): void {
    this.known.delete(key);
    this.unknown.delete(key);
    this.pending.delete(key);
  }

  private lookUpOnce(key: string, hostname: string, slug: string): Promise<CompiledLink | undefined> {
    const running = this.pending.get(key);
    if (running) return running;
    const lookUp = this.lookUp(hostname, slug).then(
      (link) => {
        // Forgotten while we looked: what we found is from before, good for this click but not to be kept.
        if (this.pending.get(key) === lookUp) this.remember(key, link);
        return link;
      },
      (error: unknown) => {
        if (this.pending.get(key) === lookUp) this.pending.delete(key);
        throw error;
      },
    );
    this.pending.set(key, lookUp);
    return lookUp;
  }

  private remember(key: string, link: CompiledLink | undefined): void {
    this.forget(key);
    if (link) this.known.set(key, { link, freshUntil: Date.now() + LINK_FRESH_MS });
    else this.unknown.set(key, true);
  }

  private async lookUp(hostname: string, slug: string): Promise<CompiledLink | undefined> {
    const link = await this.anyLink.findByAddress(hostname, slug);
    if (!link || link.paused || !(await this.domains.isServed(hostname))) return undefined;
    return compileLink(link);
  }
}

function addressKey(hostname: string, slug: string): string {
  return `${hostname}/${slug}`;
}
