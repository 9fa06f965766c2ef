import type { Redis } from 'ioredis';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { BoundedMemoryLimiter } from './bounded-memory-limiter.js';

const MINUTE_S = 60;

/** How a request stands with a limit. */
export interface Standing {
  isAdmitted: boolean;
  limit: number;
  remaining: number;
  /** Seconds until the count begins anew. */
  resetSeconds: number;
}

/**
 * So many a minute for each key, counted in Redis by all processes together; by this process alone while Redis is away:
 * then more may pass in all, but never without bounds, and nobody waits.
 */
export class SharedLimit {
  private readonly own: BoundedMemoryLimiter;
  private readonly shared: RateLimiterRedis | undefined;

  /**
   * @param perMinute 0: no limit.
   * @param redis whose commands fail within an instant when it is away.
   * @param isHeard whether Redis is known to be there just now.
   */
  constructor(
    name: string,
    readonly perMinute: number,
    redis: Redis | undefined,
    private readonly isHeard: () => boolean,
  ) {
    const options = { points: perMinute, duration: MINUTE_S, keyPrefix: `hopback:limit:${name}` };
    this.own = new BoundedMemoryLimiter(options);
    this.shared =
      redis &&
      new RateLimiterRedis({
        ...options,
        storeClient: redis,
        rejectIfRedisNotReady: true,
        insuranceLimiter: this.own,
        inMemoryBlockOnConsumed: perMinute + 1, // who is over it is not asked about again
      });
  }

  /** Counts a request. */
  async take(key: string): Promise<Standing> {
    if (this.perMinute === 0) return { isAdmitted: true, limit: 0, remaining: 0, resetSeconds: 0 };
    const limiter = this.shared !== undefined && this.isHeard() ? this.shared : this.own;
    try {
      return this.standing(await limiter.consume(key), true);
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return this.standing(refusal, false);
      throw refusal;
    }
  }

  private standing({ remainingPoints, msBeforeNext }: RateLimiterRes, isAdmitted: boolean): Standing {
    return {
      isAdmitted,
      limit: this.perMinute,
      remaining: Math.max(0, remainingPoints),
      resetSeconds: Math.max(1, Math.ceil(msBeforeNext / 1_000)),
    };
  }
}
