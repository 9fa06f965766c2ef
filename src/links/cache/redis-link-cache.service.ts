import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { ServedDomain } from '../../domains/rules/served-domain.js';
import { seal, unseal } from '../../platform/idempotency/seal.js';
import { type OutageLog, outageLog } from '../../platform/logging/outage-log.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { RedisCache } from '../../platform/redis/redis-cache.js';
import { RedisService } from '../../platform/redis/redis.service.js';
import { InstanceSecretsRepository } from '../../platform/secrets/instance-secrets.repository.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { CompiledLink, RoutedLink } from '../rules/compiled-link.js';
import { type LinkAddress, LinkReadModel } from '../link.read-model.js';
import { compileStoredLink } from '../rules/compile-stored-link.js';

/** A stored value of another schema does not count. To be raised when `RoutedLink` changes. */
const SCHEMA = 1;
const MAX_ENTRIES = 50_000;
const LINK_TTL_MS = 3_600_000;
const ABSENT_TTL_MS = 1_000;
const COMMAND_TIMEOUT_MS = 1_000;
const RETRY_MS = 250;
const MAX_UNFORGOTTEN = 10_000;
/** With more changes than that since Redis was last followed, all entries are removed instead. */
const MAX_CHANGED = 10_000;
/** Clocks differ, and a change is dated before it is committed. */
const OVERLAP_MS = 10_000;

/** An address in Redis. `link` is `null` where there is no link, `undefined` where Redis does not have it. */
export interface SharedLink {
  version: string;
  link: CompiledLink | null | undefined;
}

/**
 * Hot links in Redis, for the processes that do not know them yet. Values are encrypted with a key that is in MongoDB, so
 * that a link can neither be read nor made up by others that use the same Redis. No method throws.
 */
@Injectable()
export class RedisLinkCache {
  private secret: string | undefined;
  private cache: RedisCache | undefined;
  /** `RedisService.hearingSince` during which Redis was brought up to date. */
  private readyFor = Number.NaN;
  /** Changed addresses that Redis may still have with their old value. */
  private readonly unforgotten = new Map<string, number>();
  private changes = 0;
  private mustClear = false;
  private retry: NodeJS.Timeout | undefined;
  private readonly lateListeners: ((address: string) => void)[] = [];
  private readonly connection: Redis | undefined;
  private readonly outage: OutageLog;

  constructor(
    private readonly redis: RedisService,
    private readonly secrets: InstanceSecretsRepository,
    private readonly anyLink: LinkReadModel,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.outage = outageLog(logger, 'Redis');
    this.connection = redis.openConnection(COMMAND_TIMEOUT_MS);
  }

  /**
   * @param address `hostname/slug`
   * @param domain its owner's links count, under the slugs by which the domain finds them now.
   * @returns `undefined` while Redis is not to be asked, or when it has not answered within a second.
   */
  async find(address: string, domain: ServedDomain): Promise<SharedLink | undefined> {
    const cache = this.usableCache(address);
    if (cache === undefined) return undefined;
    try {
      const entry = await cache.find(address, tagOf(domain));
      if (entry === undefined) return undefined;
      const { version, value } = entry;
      return { version, link: typeof value === 'string' ? this.open(value, address, domain.workspaceId) : value };
    } catch {
      return undefined; // MongoDB is asked instead
    }
  }

  /** Stores the link that was read from MongoDB after `find` gave the version; `undefined` when there is none. */
  store(address: string, domain: ServedDomain, version: string, link: RoutedLink | undefined): void {
    const cache = this.usableCache(address);
    if (cache === undefined || this.secret === undefined) return;
    const value = link === undefined ? null : seal(JSON.stringify({ schema: SCHEMA, address, link }), this.secret);
    const ttlMs = link === undefined ? ABSENT_TTL_MS : LINK_TTL_MS;
    cache.store(address, tagOf(domain), version, value, ttlMs).catch(() => undefined); // the next reader stores it
  }

  /** To be called after these addresses were given to a link or taken from one, or their links have changed. Retried until it is done. */
  async forget(addresses: readonly string[]): Promise<void> {
    if (!this.redis.isConfigured || addresses.length === 0) return;
    this.changes++;
    for (const address of addresses) this.unforgotten.set(address, this.changes);
    if (await this.forgetNow(addresses)) return;
    if (this.unforgotten.size > MAX_UNFORGOTTEN) {
      this.mustClear = true;
      this.unforgotten.clear();
    }
    this.retryLater();
  }

  /** Calls for each address that was forgotten late: other processes may have read its old value meanwhile. */
  onForgottenLate(listener: (address: string) => void): void {
    this.lateListeners.push(listener);
  }

  /**
   * Forgets all links that have changed while this process did not hear Redis, or none did. Redis is used from then on.
   * @param changed links that have changed lately, read from MongoDB just now.
   * @returns false when it is to be tried again.
   */
  async catchUp(changed: readonly LinkAddress[]): Promise<boolean> {
    const now = Date.now();
    const heardSince = this.redis.hearingSince(now);
    if (!this.redis.isConfigured || heardSince === Number.POSITIVE_INFINITY) return true;
    try {
      const cache = await this.obtainCache();
      if (this.readyFor !== heardSince) await this.forgetMissed(cache, now);
      await cache.forget(changed.flatMap(addressesOf));
      await cache.markFollowed(now);
      this.readyFor = heardSince;
      return true;
    } catch (error) {
      this.readyFor = Number.NaN;
      this.outage.noteFailure(error);
      return false;
    }
  }

  /** Counts answers of Redis. */
  get answers(): number {
    return this.cache?.answers ?? 0;
  }

  /** Whether Redis is heard, and lacks no change that this process knows. While it is not, Redis is not asked. */
  get isReady(): boolean {
    return this.readyFor === this.redis.hearingSince(Date.now());
  }

  private usableCache(address: string): RedisCache | undefined {
    return this.isReady && !this.mustClear && !this.unforgotten.has(address) ? this.cache : undefined;
  }

  private async obtainCache(): Promise<RedisCache> {
    if (this.cache === undefined) {
      if (this.connection === undefined) throw new Error('there is no Redis');
      const key = (await this.secrets.obtain('link-cache')).toString('hex');
      // Several Hopbacks may share a Redis: half of the key names this one's links, the other half encrypts them.
      this.secret = key.slice(32);
      this.cache = new RedisCache(this.connection, {
        namespace: `hopback:{links-${key.slice(0, 16)}}`,
        maxEntries: MAX_ENTRIES,
      });
    }
    return this.cache;
  }

  /** The mark is lost with the entries, or as old as they are: so it says which changes they may lack. */
  private async forgetMissed(cache: RedisCache, now: number): Promise<void> {
    const followedUntil = await cache.followedUntil();
    const since = Math.max(followedUntil ?? 0, now - LINK_TTL_MS) - OVERLAP_MS;
    const missed =
      followedUntil === undefined ? undefined : await this.anyLink.addressesChangedSince(new Date(since), MAX_CHANGED);
    if (missed === undefined || missed.length === MAX_CHANGED) await cache.clear();
    else await cache.forget(missed.flatMap(addressesOf));
  }

  private async forgetNow(addresses: readonly string[]): Promise<boolean> {
    if (this.cache === undefined || this.redis.hearingSince(Date.now()) === Number.POSITIVE_INFINITY) return false;
    const { changes } = this;
    try {
      await this.cache.forget(addresses);
      // An address that has changed again meanwhile is for that change to forget.
      for (const address of addresses) {
        if ((this.unforgotten.get(address) ?? 0) <= changes) this.unforgotten.delete(address);
      }
      return true;
    } catch {
      return false;
    }
  }

  private retryLater(): void {
    this.retry ??= setTimeout(() => void this.forgetAgain(), RETRY_MS).unref();
  }

  private async forgetAgain(): Promise<void> {
    const addresses = [...this.unforgotten.keys()];
    const isDone = (await this.clearIfDue()) && (await this.forgetNow(addresses));
    this.retry = undefined;
    if (isDone) for (const address of addresses) for (const listener of this.lateListeners) listener(address);
    else this.retryLater();
  }

  private async clearIfDue(): Promise<boolean> {
    if (!this.mustClear) return true;
    try {
      await (await this.obtainCache()).clear();
      this.mustClear = false;
      return true;
    } catch {
      return false;
    }
  }

  private open(value: string, address: string, owner: WorkspaceId): CompiledLink | undefined {
    try {
      const stored = JSON.parse(unseal(value, this.secret ?? '')) as Record<string, unknown>;
      if (stored['schema'] !== SCHEMA || stored['address'] !== address) return undefined;
      const link = compileStoredLink(stored['link']);
      return link?.workspaceId === owner ? link : undefined;
    } catch {
      return undefined; // not ours, or damaged
    }
  }
}

/** A host that changes hands, or the way in which case matters, does not serve what was found before. */
function tagOf({ workspaceId, caseSensitive }: ServedDomain): string {
  return caseSensitive ? workspaceId : `${workspaceId}~`;
}

function addressesOf({ hostname, slug, slugKeys }: LinkAddress): string[] {
  return [...new Set([slug, ...(slugKeys ?? [])])].map((key) => `${hostname}/${key}`);
}
