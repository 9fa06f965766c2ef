import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { DomainsService } from '../domains/domains.service.js';
import { within } from '../platform/concurrency/within.js';
import { DatabaseTimeout } from '../platform/mongo/mongo-errors.js';
import { MongoWatch } from '../platform/mongo/mongo-watch.service.js';
import { LookUpBudget } from '../platform/rate-limit/look-up-budget.js';
import { ownCopy } from '../platform/text/own-copy.js';
import { CompiledLink, isSameRoute, type RoutedLink, routedLink } from './compiled-link.js';
import { LinkNews } from './link-news.service.js';
import { type ChangedLink, LinkReadModel } from './link.read-model.js';
import { mayBeSlugKey } from './slug.js';

const MAX_LINKS = 100_000;
const MAX_UNKNOWN = 10_000;
const MAX_CHANGED = 10_000;
const MAX_PENDING = 2_000;
/** Links looked at behind somebody's back at once: all that are in use may be due together, and would hold up whoever clicks. */
const MAX_REFRESHES = 2;
/** While all changes are followed, a link is looked at again this often all the same. */
const FRESH_MS = 30_000;
/** While they are not (MongoDB is away as well, or slow), as soon as it is its turn. */
const FRESH_UNFOLLOWED_MS = 500;
const UNKNOWN_TTL_MS = 2_000;

/** How long a click waits for MongoDB. For a link that is known, it then goes by what is known; else it ends with an outage. */
const PATIENCE_MS = { known: 50, unknown: 3_000 };

/**
 * The links that this process knows, compiled. A known link is served even while MongoDB is down. Unknown addresses are
 * remembered apart, so that they can not push links out.
 */
@Injectable()
export class LinkCache implements OnModuleInit {
  /** Counts changes of what is known, for those who keep a copy. */
  version = 0;
  private readonly known = new LRUCache<string, CompiledLink>({ max: MAX_LINKS });
  private readonly unknown = new LRUCache<string, true>({ max: MAX_UNKNOWN, ttl: UNKNOWN_TTL_MS });
  /** Addresses whose link was created, changed or deleted not long ago, here or in another process. */
  private readonly changed = new LRUCache<string, true>({ max: MAX_CHANGED });
  /** One look-up at a time for each address, however many ask. Forgotten when the link changes meanwhile. */
  private readonly pending = new Map<string, Promise<CompiledLink | undefined>>();
  private readonly budget = new LookUpBudget(MAX_PENDING);

  constructor(
    private readonly anyLink: LinkReadModel,
    private readonly domains: DomainsService,
    private readonly news: LinkNews,
    private readonly mongo: MongoWatch,
  ) {}

  onModuleInit(): void {
    this.news.subscribe({
      addressChanged: (key) => this.noteChange(key),
      linksChanged: (links) => this.compare(links),
    });
  }

  /**
   * The link, if this process knows it. One that was not looked at for a while is, behind the back of whoever asks; one from
   * the last run is no answer before that.
   */
  peek(hostname: string, slug: string): CompiledLink | undefined {
    const key = addressKey(hostname, slug);
    const known = this.known.get(key);
    if (known === undefined || known.checkedAt < 0) return undefined;
    const now = Date.now();
    const fresh = this.news.isFollowing(now) ? FRESH_MS : FRESH_UNFOLLOWED_MS;
    if (now - known.checkedAt >= fresh && this.pending.size < MAX_REFRESHES) {
      this.lookUpOnce(key, hostname, slug).catch(() => undefined);
    }
    return known;
  }

  /**
   * The link at this address, or `undefined` when there is none (or none that is active). What no link can have costs no
   * look-up.
   * @param from the address that asks, so that none of them takes all look-ups for itself.
   * @throws Error when the link is not known here and MongoDB does not answer, or too many look-ups are under way.
   */
  async find(hostname: string, slug: string, from?: string): Promise<CompiledLink | undefined> {
    if (!mayBeSlugKey(slug)) return undefined;
    const key = addressKey(hostname, slug);
    const known = this.known.get(key);
    if (known !== undefined) {
      const lookUp = this.lookUpOnce(key, hostname, slug).catch(() => known);
      if (!this.mongo.isAnswering) return known;
      return within(PATIENCE_MS.known, lookUp, () => new DatabaseTimeout()).catch(() => known);
    }
    if (this.unknown.has(key)) return undefined;
    const lookUp = this.lookUpOnce(key, hostname, slug, from);
    return within(
      PATIENCE_MS.unknown,
      lookUp,
      () => new DatabaseTimeout(),
      () => this.mongo.isAnswering,
    );
  }

  /** Whether a link is likely to be at this address, by what is known without asking. */
  isLikely(hostname: string, slug: string): boolean {
    const key = addressKey(hostname, slug);
    return this.known.has(key) || this.changed.has(key);
  }

  /** To be called after an address was given to a link, taken from one, or its link has changed. */
  async invalidate(hostname: string, slug: string): Promise<void> {
    const key = addressKey(hostname, slug);
    this.noteChange(key);
    await this.news.publish(key);
  }

  /** All links that are known, those used last first. */
  *links(): Generator<RoutedLink> {
    for (const { routed } of this.known.values()) yield routed;
  }

  /** Takes a link for known that was so earlier; it is looked at again as soon as it is asked for and MongoDB answers. */
  restore(link: CompiledLink): void {
    const key = addressKey(link.hostname, link.slug);
    if (!this.known.has(key)) this.known.set(ownCopy(key), link);
  }

  /** To be called when a host is served differently from now on, by another workspace, or no more. */
  forgetHost(hostname: string): void {
    const prefix = addressKey(hostname, '');
    const keys = [...this.known.keys(), ...this.unknown.keys(), ...this.pending.keys()];
    for (const key of keys) if (key.startsWith(prefix)) this.forget(key);
  }

  private noteChange(key: string): void {
    this.changed.set(ownCopy(key), true);
    this.forget(key);
  }

  private forget(key: string): void {
    if (this.known.delete(key)) this.version++;
    this.unknown.delete(key);
    this.pending.delete(key);
  }

  private compare(changed: readonly ChangedLink[]): void {
    for (const { hostname, slug } of changed) {
      const key = addressKey(hostname, slug);
      this.unknown.delete(key);
      this.changed.set(key, true);
    }
    const byId = new Map(changed.map((link) => [link._id, link]));
    const outdated: string[] = [];
    for (const [key, { routed }] of this.known.entries()) {
      const now = byId.get(routed._id);
      if (now !== undefined && !(isServed(now) && isSameRoute(routed, routedLink(now)))) outdated.push(key);
    }
    for (const key of outdated) this.noteChange(key);
  }

  private lookUpOnce(
    sharedKey: string,
    hostname: string,
    slug: string,
    from?: string,
  ): Promise<CompiledLink | undefined> {
    const running = this.pending.get(sharedKey);
    if (running) return running;
    const end = this.budget.begin(from);
    if (end === undefined) return Promise.reject(new DatabaseTimeout());
    const key = ownCopy(sharedKey);
    const begin = Date.now();
    const lookUp = this.lookUp(hostname, slug)
      .finally(end)
      .then(
        (link) => {
          // Forgotten while we looked: what we found is from before, good for this click but not to be kept.
          if (this.pending.get(key) === lookUp) this.remember(key, link, begin);
          return link;
        },
        (error: unknown) => {
          if (this.pending.get(key) === lookUp) this.pending.delete(key);
          throw error;
        },
      );
    lookUp.catch(() => undefined); // whoever asked may have stopped waiting
    this.pending.set(key, lookUp);
    return lookUp;
  }

  private remember(key: string, link: CompiledLink | undefined, checkedAt: number): void {
    this.pending.delete(key);
    this.unknown.delete(key);
    const before = this.known.get(key);
    if (link === undefined) {
      if (this.known.delete(key)) this.version++;
      this.unknown.set(key, true);
      return;
    }
    link.checkedAt = checkedAt;
    if (before === undefined || !isSameRoute(before.routed, link.routed)) this.version++;
    this.known.set(key, link);
  }

  private async lookUp(hostname: string, slug: string): Promise<CompiledLink | undefined> {
    const owner = await this.domains.findOwner(hostname);
    const link = owner && (await this.anyLink.findByAddress(owner, hostname, slug));
    if (!link || !isServed(link)) return undefined;
    return new CompiledLink(routedLink(link));
  }
}

/** A paused link is like none, unless it says where to go instead. */
function isServed({ live, paused, fallbackUrl }: ChangedLink): boolean {
  return live && (!paused || (fallbackUrl !== undefined && fallbackUrl !== null));
}

function addressKey(hostname: string, slug: string): string {
  return `${hostname}/${slug}`;
}
