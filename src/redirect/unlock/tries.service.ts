import { Injectable } from '@nestjs/common';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import { addressBlock } from '../../platform/rate-limit/address-block.js';
import { RedisService } from '../../platform/redis/redis.service.js';
import { REDIS_PATIENCE_MS, redisOrOwnLimiter, refusalOf, secondsOf } from './redis-or-own-limiter.js';

/** Wrong passwords of one address for one link before it has to wait. */
const FREE_TRIES = 5;
const MAX_WAIT_S = 15 * 60;
/** After so long without a try, an address begins anew. */
const MEMORY_S = 60 * 60;
/** For one link, whoever asks. What is over it waits for a minute at most: nobody can lock others out for long. */
const PER_MINUTE = 100;

/**
 * How often a password may be tried: five times, then with waits that double, for each address (an IPv6 network of /64 is
 * one); and so often a minute for each link. Counted in Redis by all processes together, by each alone while Redis is away.
 */
@Injectable()
export class Tries {
  private readonly counts: Limiter;
  private readonly waits: Limiter;
  private readonly perLink: Limiter;

  constructor(redis: RedisService) {
    const client = redis.openConnection(REDIS_PATIENCE_MS);
    const limiter = (name: string, points: number, duration: number): Limiter =>
      redisOrOwnLimiter(redis, client, { points, duration, keyPrefix: `hopback:unlock:${name}` });
    this.counts = limiter('counts', FREE_TRIES, MEMORY_S);
    this.waits = limiter('waits', 1, 1);
    this.perLink = limiter('links', PER_MINUTE, 60);
  }

  /** Counts a try before it is made. @returns how many seconds are to be waited first; 0: go ahead. */
  async take(linkId: string, address: string): Promise<number> {
    const key = keyOf(linkId, address);
    const waiting = await this.waits().get(key);
    if (waiting !== null && waiting.consumedPoints > 0 && waiting.msBeforeNext > 0) return secondsOf(waiting);
    const { consumedPoints } = await this.counts().penalty(key, 1);
    const over = consumedPoints - FREE_TRIES;
    if (over > 0) {
      // Of those that come at once, one goes ahead.
      const wait = Math.min(2 ** Math.min(over, 20), MAX_WAIT_S);
      const refused = await refusalOf(this.waits().consume(key, 1, { customDuration: wait }));
      if (refused !== undefined) return secondsOf(refused);
    }
    const refused = await refusalOf(this.perLink().consume(linkId, 1));
    return refused === undefined ? 0 : secondsOf(refused);
  }

  /** The try was right: it, and those before it, do not count. */
  async forgive(linkId: string, address: string): Promise<void> {
    const key = keyOf(linkId, address);
    await Promise.all([this.counts().delete(key), this.waits().delete(key), this.perLink().reward(linkId, 1)]);
  }
}

type Limiter = () => RateLimiterAbstract;

function keyOf(linkId: string, address: string): string {
  return `${linkId}:${addressBlock(address)}`;
}
