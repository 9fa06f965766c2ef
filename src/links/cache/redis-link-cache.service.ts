import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { ServedDomain } from '../../domains/rules/served-domain.js';
import { seal, unseal } from '../../platform/secrets/sealed-text.js';
import { type OutageLog, outageLog } from '../../platform/logging/outage-log.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { RedisCache } from '../../platform/redis/redis-cache.js';
import { RedisService } from '../../platform/redis/redis.service.js';
import { InstanceSecretsRepository } from '../../platform/secrets/instance-secrets.repository.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { CompiledLink, RoutedLink } from '../rules/compiled-link.js';
import { type LinkAddress, LinkReadModel } from '../link.read-model.js';
import { compileStoredLink } from '../rules/compile-stored-link.js';

/** Values of another schema are ignored. Raise this number when `RoutedLink` changes. */
const SCHEMA = 2;
const MAX_ENTRIES = 50_000;
const LINK_TTL_MS = 3_600_000;
const ABSENT_TTL_MS = 1_000;
const COMMAND_TIMEOUT_MS = 1_000;
const RETRY_MS = 250;
const MAX_TO_FORGET = 10_000;
/** With more changes than this since Redis was last up to date, all entries are removed instead. */
const MAX_CHANGED = 10_000;
/** Clocks differ, and a change is dated before it is committed. */
const OVERLAP_MS = 10_000;

/** An address in Redis. `link` is `null` when the link does not exist, `undefined` when Redis does not know. */
export interface SharedLink {
  version: string;
  link: CompiledLink | null | undefined;
}

/**
 * Hot links in Redis, for processes that do not have them in memory. Values are encrypted with a key from MongoDB, so
 * that other users of the same Redis can neither read nor forge a link. No method throws.
 */
@Injectable()
export class RedisLinkCache {
  private secret: string | undefined;
  private cache: RedisCache | undefined;
  /** The value of `RedisService.hearingSince` for which Redis is up to date. */
  private readyFor = Number.NaN;
  /** Changed addresses whose old value may still be in Redis. */
  private readonly toForget = new Map<string, number>();
  private changes = 0;
  private mustClear = false;
  private retry: NodeJS.Timeout | undefined;
  private readonly lateListeners: ((address: string) => void)[] = [];
  private readonly connection: Redis | undefined;
  private readonly outage: OutageLog;

  constructor(
    private readonly redis: RedisService,
    private readonly secrets: InstanceSecretsRepository,
    private readonly linkReadModel: LinkReadModel,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.outage = outageLog(logger, 'Redis');
    this.connection = redis.openConnection(COMMAND_TIMEOUT_MS);
  }

  /**
   * @param address `hostname/slug`
   * @param domain only links of its owner are returned, found by the domain's current case rule.
   * @returns `undefined` while Redis is not up to date, or when it has not answered within a second.
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

  /** Stores a link that was read from MongoDB after `find` returned the version; `undefined` for no link. */
  store(address: string, domain: ServedDomain, version: string, link: RoutedLink | undefined): void {
    const cache = this.usableCache(address);
    if (cache === undefined || this.secret === undefined) return;
    const value = link === undefined ? null : seal(JSON.stringify({ schema: SCHEMA, address, link }), this.secret);
    const ttlMs = link === undefined ? ABSENT_TTL_MS : LINK_TTL_MS;
    cache.store(address, tagOf(domain), version, value, ttlMs).catch(() => undefined); // the next reader stores it
  }

  /** Call after a link has got or lost these addresses, or has changed. Retries until Redis has removed them. */
  async forget(addresses: readonly string[]): Promise<void> {
    if (!this.redis.isConfigured || addresses.length === 0) return;
    this.changes++;
    for (const address of addresses) this.toForget.set(address, this.changes);
    if (await this.forgetNow(addresses)) return;
    if (this.toForget.size > MAX_TO_FORGET) {
      this.mustClear = true;
      this.toForget.clear();
    }
    this.retryLater();
  }

  /** Calls the listener for each address removed late: other processes may have read its old value meanwhile. */
  onForgottenLate(listener: (address: string) => void): void {
    this.lateListeners.push(listener);
  }

  /**
   * Removes all links that changed while this process, or every process, had no connection. Redis is used from then on.
   * @param changed links that changed recently, just read from MongoDB.
   * @returns false when the caller must retry.
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

  /** The number of answers of Redis so far. */
  get answers(): number {
    return this.cache?.answers ?? 0;
  }

  /** True when Redis is connected and has every change that this process knows. Otherwise Redis is not read. */
  get isReady(): boolean {
    return this.readyFor === this.redis.hearingSince(Date.now());
  }

  private usableCache(address: string): RedisCache | undefined {
    return this.isReady && !this.mustClear && !this.toForget.has(address) ? this.cache : undefined;
  }

  private async obtainCache(): Promise<RedisCache> {
    if (this.cache === undefined) {
      if (this.connection === undefined) throw new Error('there is no Redis');
      const key = (await this.secrets.obtain('link-cache')).toString('hex');
      // Several installations may share a Redis. Half of the key is the namespace, the other half encrypts.
      this.secret = key.slice(32);
      this.cache = new RedisCache(this.connection, {
        namespace: `hopback:{links-${key.slice(0, 16)}}`,
        maxEntries: MAX_ENTRIES,
      });
    }
    return this.cache;
  }

  /** `followedUntil` is stored beside the entries and lost with them, so it bounds the changes that they may lack. */
  private async forgetMissed(cache: RedisCache, now: number): Promise<void> {
    const followedUntil = await cache.followedUntil();
    const since = Math.max(followedUntil ?? 0, now - LINK_TTL_MS) - OVERLAP_MS;
    const missed =
      followedUntil === undefined
        ? undefined
        : await this.linkReadModel.addressesChangedSince(new Date(since), MAX_CHANGED);
    if (missed === undefined || missed.length === MAX_CHANGED) await cache.clear();
    else await cache.forget(missed.flatMap(addressesOf));
  }

  private async forgetNow(addresses: readonly string[]): Promise<boolean> {
    if (this.cache === undefined || this.redis.hearingSince(Date.now()) === Number.POSITIVE_INFINITY) return false;
    const { changes } = this;
    try {
      await this.cache.forget(addresses);
      // An address that has changed again meanwhile is removed by that change.
      for (const address of addresses) {
        if ((this.toForget.get(address) ?? 0) <= changes) this.toForget.delete(address);
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
    const addresses = [...this.toForget.keys()];
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
      return undefined; // of another installation, or damaged
    }
  }
}

/** Entries depend on the owner and the case rule of the host: a change of either makes them invalid. */
function tagOf({ workspaceId, caseSensitive }: ServedDomain): string {
  return caseSensitive ? workspaceId : `${workspaceId}~`;
}

function addressesOf({ hostname, slug, slugKeys }: LinkAddress): string[] {
  return [...new Set([slug, ...(slugKeys ?? [])])].map((key) => `${hostname}/${key}`);
}
