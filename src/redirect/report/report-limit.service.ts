import { Injectable } from '@nestjs/common';
import { addressBlock } from '../../platform/net/address-block.js';
import { RedisService } from '../../platform/redis/redis.service.js';
import { REDIS_PATIENCE_MS, redisOrOwnLimiter, refusalOf, secondsOf } from '../unlock/redis-or-own-limiter.js';

/** Reports that one address may send in an hour. */
const PER_HOUR = 10;

/** How many reports an address may send. */
@Injectable()
export class ReportLimit {
  private readonly limiter;

  constructor(redis: RedisService) {
    const options = { points: PER_HOUR, duration: 3_600, keyPrefix: 'hopback:report' };
    this.limiter = redisOrOwnLimiter(redis, redis.openConnection(REDIS_PATIENCE_MS), options);
  }

  /** @returns how many seconds are to be waited; 0: go ahead. */
  async take(address: string): Promise<number> {
    const refused = await refusalOf(this.limiter().consume(addressBlock(address), 1));
    return refused === undefined ? 0 : secondsOf(refused);
  }
}
