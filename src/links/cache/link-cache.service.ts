import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { DomainCache } from '../../domains/domain-cache.service.js';
import { type LoadReason, ReplicatedCache } from '../../platform/cache/replicated-cache.js';
import { withTimeout } from '../../platform/concurrency/with-timeout.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { MongoHealth } from '../../platform/mongo/mongo-health.service.js';
import { LookUpLimit } from '../../platform/rate-limit/look-up-limit.js';
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
/** Limits background look-ups: all links in use may be due at once, and would delay clicks on other links. */
const MAX_BACKGROUND_LOADS = 2;
/** Period of looking up a link again while all changes are received. */
const REFRESH_MS = 30_000;
/** The period while changes are not received, because both Redis and MongoDB are away or slow. */
const REFRESH_WITHOUT_FEED_MS = 500;
/** Every eighth refresh stores the link in Redis, which keeps it for an hour. */
const REFRESHES_PER_STORE = 8;

/** Time that a click waits for Redis before it asks MongoDB as well. */
const REDIS_WAIT_MS = 15;
const MAX_REDIS_WAITS = 10;
const MAX_UNSTORED = 10_000;
/** Time that a click waits for MongoDB. Then a known link is served as it is in memory, and others fail. */
const WAIT_MS = { known: 50, absent: 3_000 };

/**
 * Compiled links in memory. A link is looked up here, then in Redis, then in MongoDB.
 * A link in memory is served even while MongoDB is down.
 */
@Injectable()
export class LinkCache implements OnModuleInit {
  private readonly cache: ReplicatedCache<CompiledLink>;
  /** Addresses whose link was created, changed or deleted recently, by any process. */
  private readonly changed = new LRUCache<string, true>({ max: MAX_CHANGED });
  private readonly lookups = { process: 0, redis: 0, mongodb: 0 };
  private refreshes = 0;
  /** Links that could not be stored because Redis was slow. Their next refresh stores them. */
  private readonly unstored = new LRUCache<string, true>({ max: MAX_UNSTORED });

  constructor(
    private readonly linkReadModel: LinkReadModel,
    private readonly domains: DomainCache,
    private readonly feed: LinkChangeFeed,
    private readonly redisLinks: RedisLinkCache,
    mongo: MongoHealth,
    metrics: Metrics,
  ) {
    const lookUpLimit = new LookUpLimit(MAX_LOADS);
    this.cache = new ReplicatedCache<CompiledLink>({
      load: (address, reason) => this.load(address, reason),
      max: MAX_LINKS,
      absent: ABSENT,
      refreshAfterMs: (now) => (feed.isFollowing(now) ? REFRESH_MS : REFRESH_WITHOUT_FEED_MS),
      staleAfterMs: 0,
      maxBackgroundLoads: MAX_BACKGROUND_LOADS,
      waitMs: WAIT_MS,
      isStoreAnswering: () => mongo.isAnswering,
      beginLoad: (from) => lookUpLimit.begin(from),
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
      addressChanged: (address) => this.recordChange(address),
      linksChanged: (links) => this.invalidateOutdated(links),
    });
  }

  /** Increases with every change of the cached links, so that callers can refresh a copy. */
  get version(): number {
    return this.cache.version;
  }

  /** The link in memory, without I/O. A due link is looked up again in the background. A restored link is not returned. */
  getCached(hostname: string, slug: string): CompiledLink | undefined {
    const link = this.cache.getCached(addressOf(hostname, slug));
    if (link !== undefined) this.lookups.process++;
    return link;
  }

  /**
   * The link at this address; `undefined` when there is none that is active. A slug that no link can have costs no look-up.
   * @param from IP address of the visitor, so that no visitor uses up all concurrent look-ups.
   * @throws Error when neither memory nor Redis has the link and MongoDB does not answer, or too many look-ups are running.
   */
  async find(hostname: string, slug: string, from?: string): Promise<CompiledLink | undefined> {
    return mayBeSlugKey(slug) ? this.cache.find(addressOf(hostname, slug), from) : undefined;
  }

  /** True when a link is likely to be at this address. Decided without I/O. */
  isLikely(hostname: string, slug: string): boolean {
    const address = addressOf(hostname, slug);
    return this.cache.has(address) || this.changed.has(address);
  }

  /** Call after a link has got or lost these addresses, or has changed. */
  async invalidate(hostname: string, ...slugs: string[]): Promise<void> {
    const addresses = slugs.map((slug) => addressOf(hostname, slug));
    for (const address of addresses) this.recordChange(address);
    await this.feed.publish(...addresses);
  }

  /** All links in memory, most recently used firstOf. */
  *links(): Generator<RoutedLink> {
    for (const { routed } of this.cache.values()) yield routed;
  }

  /** Restores a link of an earlier run. It is looked up again before it is served, if MongoDB answers. */
  restore(link: CompiledLink): void {
    this.cache.restore(addressOf(link.hostname, link.slug), link);
  }

  /** Call when the domain of a host has changed, is served by another workspace, or is no longer served. */
  forgetHost(hostname: string): void {
    this.cache.invalidatePrefix(addressOf(hostname, ''));
  }

  private recordChange(address: string): void {
    this.changed.set(ownCopy(address), true);
    this.cache.invalidate(address);
  }

  private invalidateOutdated(changed: readonly ChangedLink[]): void {
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
    for (const address of outdated) this.recordChange(address);
    void this.redisLinks.forget(outdated);
  }

  /** A refresh reads MongoDB instead of Redis, to find changes whose messages were lost. */
  private async load(address: string, reason: LoadReason): Promise<CompiledLink | undefined> {
    const slash = address.indexOf('/');
    const domain = await this.domains.find(address.slice(0, slash));
    if (domain === undefined) return undefined;
    const isRefresh = reason === 'refresh';
    const isUnstored = this.unstored.delete(address);
    const usesRedis = !isRefresh || isUnstored || this.refreshes++ % REFRESHES_PER_STORE === 0;
    const asked = usesRedis ? this.redisLinks.find(address, domain) : undefined;
    const shared = asked && (await this.answerInTime(asked));
    if (shared?.link !== undefined && !isRefresh) {
      this.lookups.redis++;
      return shared.link ?? undefined;
    }
    const read = this.read(domain.workspaceId, domain.hostname, address.slice(slash + 1));
    if (shared === undefined) {
      if (asked === undefined) return read;
      this.unstored.set(address, true);
      return isRefresh ? read : this.firstOf(read, asked);
    }
    const link = await read;
    // The version was read before the link, so a later change has a higher one.
    this.redisLinks.store(address, domain, shared.version, link?.routed);
    return link;
  }

  /** The answer of Redis within 15 ms. Waits longer while Redis answers other commands: it is busy, not frozen. */
  private async answerInTime(asked: Promise<SharedLink | undefined>): Promise<SharedLink | undefined> {
    for (let wait = 0; wait < MAX_REDIS_WAITS; wait++) {
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

  /** The link of MongoDB, or that of Redis if its late answer comes first. */
  private firstOf(
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
    const link = await this.linkReadModel.findByAddress(owner, hostname, slug);
    return link && isServed(link) ? new CompiledLink(routedLink(link)) : undefined;
  }
}

/** A paused link without a `fallbackUrl` is served like one that does not exist. */
function isServed({ live, paused, fallbackUrl }: Pick<ChangedLink, 'live' | 'paused' | 'fallbackUrl'>): boolean {
  return live && (!paused || (fallbackUrl !== undefined && fallbackUrl !== null));
}

function addressOf(hostname: string, slug: string): string {
  return `${hostname}/${slug}`;
}
