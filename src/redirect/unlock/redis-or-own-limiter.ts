import type { Redis } from 'ioredis';
import {
  type IRateLimiterOptions,
  type RateLimiterAbstract,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { BoundedMemoryLimiter } from '../../platform/rate-limit/bounded-memory-limiter.js';
import type { RedisService } from '../../platform/redis/redis.service.js';

/** For `RedisService.openConnection`: a visitor who waits does not wait long for Redis. */
export const REDIS_PATIENCE_MS = 200;

/** Gives the limiter to use just now: Redis', or this process' own while Redis is away. */
export function redisOrOwnLimiter(
  redis: RedisService,
  client: Redis | undefined,
  options: IRateLimiterOptions,
): () => RateLimiterAbstract {
  const own = new BoundedMemoryLimiter(options);
  if (client === undefined) return () => own;
  const shared = new RateLimiterRedis({
    ...options,
    storeClient: client,
    rejectIfRedisNotReady: true,
    insuranceLimiter: own,
  });
  return () => (redis.hearingSince(Date.now()) < Number.POSITIVE_INFINITY ? shared : own);
}

/** What a limiter that says no answers; `undefined` when it says yes. */
export async function refusalOf(taking: Promise<RateLimiterRes>): Promise<RateLimiterRes | undefined> {
  try {
    await taking;
    return undefined;
  } catch (error) {
    if (error instanceof RateLimiterRes) return error;
    throw error;
  }
}

/** Seconds until it says yes again, at least one. */
export function secondsOf({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1_000));
}
