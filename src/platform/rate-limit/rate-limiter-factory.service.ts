import { Injectable } from '@nestjs/common';
import { RedisService } from '../redis/redis.service.js';
import { type RateLimitOptions, type SharedCounts, SharedRateLimiter } from './shared-rate-limiter.js';

/** How long a request waits for Redis to count it. */
const PATIENCE_MS = 100;

/** Creates all rate limiters that processes share. They use one connection to Redis. */
@Injectable()
export class RateLimiterFactory {
  private readonly counts: SharedCounts;

  constructor(redis: RedisService) {
    this.counts = {
      client: redis.openConnection(PATIENCE_MS),
      isHeard: () => redis.hearingSince(Date.now()) !== Number.POSITIVE_INFINITY,
    };
  }

  create(options: RateLimitOptions): SharedRateLimiter {
    return new SharedRateLimiter(options, this.counts);
  }
}
