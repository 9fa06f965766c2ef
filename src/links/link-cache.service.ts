import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { DomainsService } from '../domains/domains.service.js';
import { RedisService } from '../platform/redis/redis.service.js';
import { type CompiledLink, compileLink } from './compiled-link.js';
import { LinkReadModel } from './link.read-model.js';

const CHANNEL = 'hopback:links-changed';
const MAX_LINKS = 100_000;
const MAX_UNKNOWN = 10_000;
// With Redis a change is heard of at once; the time to live is for a message that got lost.
const TTL_MS = { link: 30_000, unknown: 2_000 };

/** The links that this process knows, compiled. Unknown addresses are remembered apart, so that they can not push links out. */
@Injectable()
export class LinkCache implements OnModuleInit {
  private readonly unknown = new LRUCache<string, true>({ max: MAX_UNKNOWN, ttl: TTL_MS.unknown });
  private readonly links = new LRUCache<string, CompiledLink>({ max: MAX_LINKS, ttl: TTL_MS.link });
  /** One look-up at a time for each address, however many ask. Replaced when the link changes meanwhile. */
  private readonly pending = new Map<string, Promise<CompiledLink | undefined>>();

  constructor(
    private readonly anyLink: LinkReadModel,
    private readonly domains: DomainsService,
    private readonly redis: RedisService,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.redis.subscribe(CHANNEL, (key) => this.forget(key));
  }

  /** The link if this process knows it already. */
  peek(hostname: string, slug: string): CompiledLink | undefined {
    return this.links.get(addressKey(hostname, slug));
  }

  /** The link at this address, or `undefined` when there is none (or none that is active). */
  async find(hostname: string, slug: string): Promise<CompiledLink | undefined> {
    const key = addressKey(hostname, slug);
    const known = this.links.get(key);
    if (known || this.unknown.has(key)) return known;
    const running = this.pending.get(key);
    if (running) return running;
    const lookUp = this.lookUp(hostname, slug);
    this.pending.set(key, lookUp);
    try {
      const link = await lookUp;
      // Changed while we looked: what we found is from before, good for this click but not to be kept.
      if (this.pending.get(key) === lookUp) {
        if (link) this.links.set(key, link);
        else this.unknown.set(key, true);
      }
      return link;
    } finally {
      if (this.pending.get(key) === lookUp) this.pending.delete(key);
    }
  }

  /** To be called after an address was given to a link, taken from one, or its link has changed. */
  async invalidate(hostname: string, slug: string): Promise<void> {
    const key = addressKey(hostname, slug);
    this.forget(key);
    await this.redis.publish(CHANNEL, key);
  }

  private forget(key: string): void {
    this.links.delete(key);
    this.unknown.delete(key);
    this.pending.delete(key);
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
