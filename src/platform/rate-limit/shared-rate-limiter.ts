import type { Redis } from 'ioredis';
import {
  type IRateLimiterOptions,
  type RateLimiterAbstract,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { BoundedMemoryLimiter } from './bounded-memory-limiter.js';

/** The Redis that all processes count in. */
export interface SharedCounts {
  /** Its commands must fail at once while Redis is unreachable. Absent: this process counts alone. */
  client: Redis | undefined;
  /** Whether Redis is known to answer at the moment. */
  isHeard: () => boolean;
}

export interface RateLimitOptions {
  /** Prefix of the keys in Redis. */
  name: string;
  /** Requests admitted within the period; 0: no limit. */
  points: number;
  periodSeconds: number;
  /** Whether this process refuses a key by itself once Redis has refused it. Default: true. */
  remembersRefusals?: boolean;
}

/** The state of a key's limit. */
export interface Standing {
  isAdmitted: boolean;
  limit: number;
  /** Requests counted within the period, including this one. */
  consumed: number;
  remaining: number;
  /** Seconds until the count is reset, at least one. */
  resetSeconds: number;
}

/**
 * A limit per period for each key. All processes count together in Redis; while Redis is unreachable, each process counts
 * alone. More requests may then pass in total, but the number is bounded, and no request waits.
 */
export class SharedRateLimiter {
  private readonly own: BoundedMemoryLimiter;
  private readonly shared: RateLimiterRedis | undefined;

  constructor(
    private readonly options: RateLimitOptions,
    private readonly counts: SharedCounts,
  ) {
    const { name, points, periodSeconds, remembersRefusals = true } = options;
    const limits: IRateLimiterOptions = { points, duration: periodSeconds, keyPrefix: `hopback:${name}` };
    this.own = new BoundedMemoryLimiter(limits);
    this.shared =
      counts.client &&
      new RateLimiterRedis({
        ...limits,
        storeClient: counts.client,
        rejectIfRedisNotReady: true,
        insuranceLimiter: this.own,
        ...(remembersRefusals && { inMemoryBlockOnConsumed: points + 1 }),
      });
  }

  get points(): number {
    return this.options.points;
  }

  /** The library's limiter that counts at the moment, for penalties, rewards and blocks. */
  get current(): RateLimiterAbstract {
    return this.shared !== undefined && this.counts.isHeard() ? this.shared : this.own;
  }

  /** Counts one. @param customSeconds a period for this key, instead of the limit's. */
  async consume(key: string, customSeconds?: number): Promise<Standing> {
    if (this.points === 0) return { isAdmitted: true, limit: 0, consumed: 0, remaining: 0, resetSeconds: 0 };
    const custom = customSeconds === undefined ? {} : { customDuration: customSeconds };
    try {
      return this.standing(await this.current.consume(key, 1, custom), true);
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return this.standing(refusal, false);
      throw refusal;
    }
  }

  private standing(result: RateLimiterRes, isAdmitted: boolean): Standing {
    return {
      isAdmitted,
      limit: this.points,
      consumed: result.consumedPoints,
      remaining: Math.max(0, result.remainingPoints),
      resetSeconds: secondsUntilReset(result),
    };
  }
}

export function secondsUntilReset({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1_000));
}
