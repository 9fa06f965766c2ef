import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Settings } from '../config/settings.js';
import { SETTINGS } from '../config/settings.token.js';
import { ProblemException } from '../http/problems/problem.js';
import { Metrics } from '../metrics/metrics.js';
import { addressBlock } from '../net/address-block.js';
import { RateLimiterFactory } from './rate-limiter-factory.service.js';
import type { SharedRateLimiter, Standing } from './shared-rate-limiter.js';

// Rate limits. Start here for those of the API; shared-rate-limiter.ts counts in Redis for all processes. The limiters of
// redirects and postbacks (not-found-limiter.ts, look-up-limit.ts, paced-queue.ts) count in one process.

const MAX_REMEMBERED = 10_000;
/** The state for a limit of 0, which a limiter would treat as no limit. */
const NONE_ADMITTED: Standing = { isAdmitted: false, limit: 0, consumed: 0, remaining: 0, resetSeconds: 60 };

/** The rate limits of the API. Redirects and postbacks do not use them. */
@Injectable()
export class RateLimits {
  private readonly keys: SharedRateLimiter;
  private readonly addresses: SharedRateLimiter;
  private readonly failures: SharedRateLimiter;
  /** By their requests per minute, as plans have only few different limits. */
  private readonly workspaces = new LRUCache<number, SharedRateLimiter>({ max: 1_000 });
  private readonly limit: (name: string, perMinute: number) => SharedRateLimiter;
  /** Address → end of its block, by a monotonic clock. */
  private readonly shutOut = new LRUCache<string, number>({ max: MAX_REMEMBERED });
  /** Hashes of recently valid keys. */
  private readonly proved = new LRUCache<string, true>({ max: MAX_REMEMBERED, ttl: 600_000 });

  constructor(
    @Inject(SETTINGS) settings: Settings,
    limiters: RateLimiterFactory,
    private readonly metrics: Metrics,
  ) {
    this.limit = (name, points) => limiters.create({ name: `limit:${name}`, points, periodSeconds: 60 });
    this.keys = this.limit('key', settings.rateLimits.key);
    this.addresses = this.limit('address', settings.rateLimits.address);
    this.failures = this.limit('failed', settings.rateLimits.failed);
  }

  /** Counts a request of an API key or a signed-in person. @throws ProblemException 429 */
  async admitCaller({ kind, id }: { kind: 'key' | 'person'; id: string }, reply: FastifyReply): Promise<void> {
    const standing = await this.keys.consume(id);
    if (standing.limit > 0) void reply.headers(rateLimitHeaders(standing));
    const who = kind === 'key' ? 'This API key has' : 'You have';
    if (!standing.isAdmitted) throw this.refusal('key', `${who} made too many requests`, standing);
  }

  /** Counts a request of a workspace with a limit in its plan; 0 admits none. @throws ProblemException 429 */
  async admitWorkspace(workspaceId: string, perMinute: number, reply: FastifyReply): Promise<void> {
    let limit = this.workspaces.get(perMinute);
    if (limit === undefined) {
      limit = this.limit('workspace', perMinute);
      this.workspaces.set(perMinute, limit);
    }
    const standing = perMinute > 0 ? await limit.consume(workspaceId) : NONE_ADMITTED;
    void reply.headers(rateLimitHeaders(standing));
    if (!standing.isAdmitted)
      throw this.refusal('workspace', "Your workspace's plan allows no more requests", standing);
  }

  /** Counts a request that needs no key. @throws ProblemException 429 */
  async admitAddress(address: string, reply: FastifyReply): Promise<void> {
    const standing = await this.addresses.consume(addressBlock(address));
    if (standing.limit > 0) void reply.headers(rateLimitHeaders(standing));
    if (!standing.isAdmitted) throw this.refusal('address', 'Too many requests came from your address', standing);
  }

  /**
   * Call it before the look-up of a key. An address that guesses keys is blocked for a while, except for keys that were
   * valid recently.
   * @throws ProblemException 429
   */
  checkFailures(address: string, authorization: string | undefined): void {
    if (this.shutOut.size === 0) return;
    const until = this.shutOut.get(addressBlock(address)) ?? 0;
    const resetSeconds = Math.ceil((until - performance.now()) / 1_000);
    if (resetSeconds <= 0 || (authorization !== undefined && this.proved.has(hash(authorization)))) return;
    throw this.tooManyFailures({
      isAdmitted: false,
      limit: this.failures.points,
      consumed: 0,
      remaining: 0,
      resetSeconds,
    });
  }

  /** Remembers that this key was valid. */
  notePassed(authorization: string | undefined): void {
    if (authorization !== undefined) this.proved.set(hash(authorization), true);
  }

  /** Counts a request without a valid key. @throws ProblemException 429 */
  async noteFailed(address: string): Promise<void> {
    const block = addressBlock(address);
    const standing = await this.failures.consume(block);
    if (standing.isAdmitted) return;
    this.shutOut.set(block, performance.now() + standing.resetSeconds * 1_000);
    throw this.tooManyFailures(standing);
  }

  private tooManyFailures(standing: Standing): ProblemException {
    return this.refusal('failed', 'Too many requests without a valid API key came from your address', standing);
  }

  private refusal(limit: string, what: string, { resetSeconds }: Standing): ProblemException {
    this.metrics.requestsLimited.inc({ limit });
    const detail = `${what}: try again in ${resetSeconds} seconds.`;
    return new ProblemException('too_many_requests', detail, undefined, { 'retry-after': String(resetSeconds) });
  }
}

function rateLimitHeaders({ limit, remaining, resetSeconds }: Standing): Record<string, string> {
  return {
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(resetSeconds),
  };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
