import { Injectable } from '@nestjs/common';
import ipaddr from 'ipaddr.js';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
  type IRateLimiterOptions,
} from 'rate-limiter-flexible';
import { RedisService } from '../../platform/redis/redis.service.js';

const REDIS_PATIENCE_MS = 200;
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
    const limiter = (name: string, options: IRateLimiterOptions): Limiter => {
      const all = { ...options, keyPrefix: `hopback:unlock:${name}` };
      const own = new RateLimiterMemory(all);
      const shared =
        client &&
        new RateLimiterRedis({ ...all, storeClient: client, rejectIfRedisNotReady: true, insuranceLimiter: own });
      return () => (shared !== undefined && redis.hearingSince(Date.now()) < Number.POSITIVE_INFINITY ? shared : own);
    };
    this.counts = limiter('counts', { points: FREE_TRIES, duration: MEMORY_S });
    this.waits = limiter('waits', { points: 1, duration: 1 });
    this.perLink = limiter('links', { points: PER_MINUTE, duration: 60 });
  }

  /** Counts a try before it is made. @returns how many seconds are to be waited first; 0: go ahead. */
  async take(linkId: string, address: string): Promise<number> {
    const key = keyOf(linkId, address);
    const waiting = await this.waits().get(key);
    if (waiting !== null && waiting.consumedPoints > 0 && waiting.msBeforeNext > 0) return seconds(waiting);
    const { consumedPoints } = await this.counts().penalty(key, 1);
    const over = consumedPoints - FREE_TRIES;
    if (over > 0) {
      // Of those that come at once, one goes ahead.
      const wait = Math.min(2 ** Math.min(over, 20), MAX_WAIT_S);
      const refused = await refusal(this.waits().consume(key, 1, { customDuration: wait }));
      if (refused !== undefined) return seconds(refused);
    }
    const refused = await refusal(this.perLink().consume(linkId, 1));
    return refused === undefined ? 0 : seconds(refused);
  }

  /** The try was right: it, and those before it, do not count. */
  async forgive(linkId: string, address: string): Promise<void> {
    const key = keyOf(linkId, address);
    await Promise.all([this.counts().delete(key), this.waits().delete(key), this.perLink().reward(linkId, 1)]);
  }
}

type Limiter = () => RateLimiterAbstract;

async function refusal(taking: Promise<RateLimiterRes>): Promise<RateLimiterRes | undefined> {
  try {
    await taking;
    return undefined;
  } catch (error) {
    if (error instanceof RateLimiterRes) return error;
    throw error;
  }
}

function seconds({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1_000));
}

function keyOf(linkId: string, address: string): string {
  return `${linkId}:${networkOf(address)}`;
}

/** Of an IPv6 address the /64: whoever has one of these has all of them. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv4'
    ? parsed.toString()
    : ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`).toString();
}
