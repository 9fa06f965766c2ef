import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { DomainCache } from '../../domains/domain-cache.service.js';
import { type LoadReason, ReplicatedCache } from '../../platform/cache/replicated-cache.js';
import { withTimeout } from '../../platform/concurrency/with-timeout.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { MongoHealth } from '../../platform/mongo/mongo-health.service.js';
import { LookUpBudget } from '../../platform/rate-limit/look-up-budget.js';
import { ownCopy } from '../../platform/text/own-copy.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { CompiledLink, isSameRoute, type RoutedLink, routedLink } from '../rules/compiled-link.js';
import { LinkChangeFeed } from './link-change-feed.service.js';
import { type ChangedLink, LinkReadModel } from '../link.read-model.js';
import { RedisLinkCache, type SharedLink } from './redis-link-cache.service.js';
import { mayBeSlugKey } from '../rules/slug.js';

const MAX_LINKS = 100_000;
const ABSENT = { max: 10_000, ttlMs: 2_000 };
const MAX_CHANGED = 10_000;
const MAX_LOADS = 2_000;
/** All links in use may be due at once, and would hold up the clicks on others. */
const MAX_BACKGROUND_LOADS = 2;
/** While all changes are followed, a link is looked up again this often all the same. */
const REFRESH_MS = 30_000;
/** While they are not, because MongoDB is away as well, or slow. */
const REFRESH_UNFOLLOWED_MS = 500;
/** Redis keeps a link for an hour. So one of eight refreshes is enough to keep it there. */
const REFRESHES_PER_STORE = 8;

/** A click waits so long for Redis alone; then MongoDB is asked too. */
const REDIS_WAIT_MS = 15;
const MAX_REDIS_TURNS = 10;
const MAX_UNSTORED = 10_000;
/** How long a click waits for MongoDB. A known link is then served as it is known; else the click ends with an outage. */
const WAIT_MS = { known: 50, absent: 3_000 };

/**
 * The links that this process knows, compiled: looked up here, then in Redis, then in MongoDB. A known link is served even
 * while MongoDB is down.
 */
@Injectable()
export class LinkCache implements OnModuleInit {
  private readonly cache: ReplicatedCache<CompiledLink>;
  /** Addresses whose link was created, changed or deleted not long ago, here or in another process. */
  private readonly changed = new LRUCache<string, true>({ max: MAX_CHANGED });
  private readonly lookups = { process: 0, redis: 0, mongodb: 0 };
  private refreshes = 0;
  /** Links that Redis was too slow to take. Their next refresh stores them. */
  private readonly unstored = new LRUCache<string, true>({ max: MAX_UNSTORED });

  constructor(
    private readonly anyLink: LinkReadModel,
    private readonly domains: DomainCache,
    private readonly feed: LinkChangeFeed,
    private readonly redisLinks: RedisLinkCache,
    mongo: MongoHealth,
    metrics: Metrics,
  ) {
    const budget = new LookUpBudget(MAX_LOADS);
    this.cache = new ReplicatedCache<CompiledLink>({
      load: (address, reason) => this.load(address, reason),
      max: MAX_LINKS,
      absent: ABSENT,
      refreshAfterMs: (now) => (feed.isFollowing(now) ? REFRESH_MS : REFRESH_UNFOLLOWED_MS),
      staleAfterMs: 0,
      maxBackgroundLoads: MAX_BACKGROUND_LOADS,
      waitMs: WAIT_MS,
      isStoreAnswering: () => mongo.isAnswering,
      beginLoad: (from) => budget.begin(from),
      isSame: (a, b) => isSameRoute(a.routed, b.routed),
      onUnreportedChange: (address) => void redisLinks.forget([address]),
    });
    metrics.observeCounters('hopback_link_lookups_total', 'Links found or missed, by where it was decided', {
      label: 'level',
      read: () => this.lookups,
    });
  }

  onModuleInit(): void {
    this.feed.subscribe({
      addressChanged: (address) => this.noteChange(address),
      linksChanged: (links) => this.compare(links),
    });
  }

  /** Counts changes of what is known, for those that keep a copy. */
  get version(): number {
    return this.cache.version;
  }

  /** The link, if this process knows it. One that is due is looked up again in the background; one of an earlier run does not count. */
  getCached(hostname: string, slug: string): CompiledLink | undefined {
    const link = this.cache.getCached(addressOf(hostname, slug));
    if (link !== undefined) this.lookups.process++;
    return link;
  }

  /**
   * The link at this address, or `undefined` when there is none (or none that is active). A slug that no link can have costs
   * no look-up.
   * @param from the address that asks, so that none of them takes all look-ups for itself.
   * @throws Error when the link is known neither here nor in Redis and MongoDB does not answer, or too many look-ups are under way.
   */
  async find(hostname: string, slug: string, from?: string): Promise<CompiledLink | undefined> {
    return mayBeSlugKey(slug) ? this.cache.find(addressOf(hostname, slug), from) : undefined;
  }

  /** Whether a link is likely to be at this address, by what is known without asking. */
  isLikely(hostname: string, slug: string): boolean {
    const address = addressOf(hostname, slug);
    return this.cache.has(address) || this.changed.has(address);
  }

  /** To be called after addresses were given to a link, taken from one, or their link has changed. */
  async invalidate(hostname: string, ...slugs: string[]): Promise<void> {
    const addresses = slugs.map((slug) => addressOf(hostname, slug));
    for (const address of addresses) this.noteChange(address);
    await this.feed.publish(...addresses);
  }

  /** All links that are known, those used last first. */
  *links(): Generator<RoutedLink> {
    for (const { routed } of this.cache.values()) yield routed;
  }

  /** Takes over a link of an earlier run. It is looked up again before it counts, if MongoDB answers. */
  restore(link: CompiledLink): void {
    this.cache.restore(addressOf(link.hostname, link.slug), link);
  }

  /** To be called when a host is served differently from now on, by another workspace, or no more. */
  forgetHost(hostname: string): void {
    this.cache.invalidatePrefix(addressOf(hostname, ''));
  }

  private noteChange(address: string): void {
    this.changed.set(ownCopy(address), true);
    this.cache.invalidate(address);
  }

  private compare(changed: readonly ChangedLink[]): void {
    for (const { hostname, slug } of changed) {
      const address = addressOf(hostname, slug);
      this.cache.forgetAbsence(address);
      this.changed.set(address, true);
    }
    const byId = new Map(changed.map((link) => [link._id, link]));
    const outdated: string[] = [];
    for (const [address, { routed }] of this.cache.known()) {
      const now = byId.get(routed._id);
      if (now !== undefined && !(isServed(now) && isSameRoute(routed, routedLink(now)))) outdated.push(address);
    }
    for (const address of outdated) this.noteChange(address);
    void this.redisLinks.forget(outdated);
  }

  /** A refresh is there to find what messages have missed, so it goes past Redis. */
  private async load(address: string, reason: LoadReason): Promise<CompiledLink | undefined> {
    const slash = address.indexOf('/');
    const domain = await this.domains.find(address.slice(0, slash));
    if (domain === undefined) return undefined;
    const isRefresh = reason === 'refresh';
    const isUnstored = this.unstored.delete(address);
    const usesRedis = !isRefresh || isUnstored || this.refreshes++ % REFRESHES_PER_STORE === 0;
    const asked = usesRedis ? this.redisLinks.find(address, domain) : undefined;
    const shared = asked && (await this.soon(asked));
    if (shared?.link !== undefined && !isRefresh) {
      this.lookups.redis++;
      return shared.link ?? undefined;
    }
    const read = this.read(domain.workspaceId, domain.hostname, address.slice(slash + 1));
    if (shared === undefined) {
      if (asked === undefined) return read;
      this.unstored.set(address, true);
      return isRefresh ? read : this.first(read, asked);
    }
    const link = await read;
    // The version is older than the read: it was there before.
    this.redisLinks.store(address, domain, shared.version, link?.routed);
    return link;
  }

  /** What Redis answers within 15 ms, or later as long as it answers other questions meanwhile: then it is busy, not frozen. */
  private async soon(asked: Promise<SharedLink | undefined>): Promise<SharedLink | undefined> {
    for (let turn = 0; turn < MAX_REDIS_TURNS; turn++) {
      const { answers } = this.redisLinks;
      let isLate = false;
      const shared = await withTimeout(REDIS_WAIT_MS, asked, () => new Error('Redis is slow')).catch(() => {
        isLate = true;
        return undefined;
      });
      if (!isLate) return shared;
      if (this.redisLinks.answers === answers) return undefined;
    }
    return undefined;
  }

  /** What MongoDB has, or a link that Redis has, late, but before MongoDB answers. */
  private first(
    read: Promise<CompiledLink | undefined>,
    asked: Promise<SharedLink | undefined>,
  ): Promise<CompiledLink | undefined> {
    const late = asked.then((shared) => {
      if (!shared?.link) throw new Error('MongoDB decides');
      this.lookups.redis++;
      return shared.link;
    });
    return Promise.any([read, late]).catch(() => read);
  }

  private async read(owner: WorkspaceId, hostname: string, slug: string): Promise<CompiledLink | undefined> {
    this.lookups.mongodb++;
    const link = await this.anyLink.findByAddress(owner, hostname, slug);
    return link && isServed(link) ? new CompiledLink(routedLink(link)) : undefined;
  }
}

/** A paused link is like none, unless it says where to go instead. */
function isServed({ live, paused, fallbackUrl }: Pick<ChangedLink, 'live' | 'paused' | 'fallbackUrl'>): boolean {
  return live && (!paused || (fallbackUrl !== undefined && fallbackUrl !== null));
}

function addressOf(hostname: string, slug: string): string {
  return `${hostname}/${slug}`;
}
