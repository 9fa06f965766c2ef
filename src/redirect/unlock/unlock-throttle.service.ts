import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { addressBlock, addressSite } from '../../platform/net/address-block.js';
import { RateLimiterFactory } from '../../platform/rate-limit/rate-limiter-factory.service.js';
import { secondsUntilReset, type SharedRateLimiter } from '../../platform/rate-limit/shared-rate-limiter.js';

/** Wrong passwords of one address for one link before it has to wait. */
const FREE_ATTEMPTS = 5;
/** The same for an IPv6 /48: some people share one, and one attacker has 65,536 networks of addresses in it. */
const FREE_ATTEMPTS_OF_SITE = 20;
const MAX_WAIT_S = 15 * 60;
/** After this time without an attempt, an address begins anew. */
const MEMORY_S = 60 * 60;
/** For one link, from addresses with earlier attempts. */
const PER_MINUTE = 100;
/** For one link, first attempts of addresses. Counted apart, so that repeated attempts do not shut out first-time visitors. */
const FIRST_PER_MINUTE = 100;
/** A link whose limit is exceeded again and again waits for a minute, then two, then four … */
const MAX_LINK_WAIT_S = 60 * 60;
const EXCESS_MEMORY_S = 6 * 60 * 60;
/** For this time, an address that knew the password is not held up by others. */
const KNOWN_S = 7 * 24 * 60 * 60;

/** An attempt that was counted. */
export interface UnlockAttempt {
  /** Seconds to wait first; 0: go ahead. */
  waitSeconds: number;
  /** The limit of the link that it was counted by. */
  countedBy?: 'first' | 'again';
}

/**
 * Limits attempts at passwords: five for each address (an IPv6 /64 is one address), then with waits that double; twenty for an
 * IPv6 /48 likewise; and a number a minute for each link. Counted in Redis by all processes together, by each alone while Redis
 * is away. Strangers can lock out neither first-time visitors nor those who knew the password before.
 */
@Injectable()
export class UnlockThrottle {
  private readonly ofAddress: DoublingWaits;
  private readonly ofSite: DoublingWaits;
  private readonly again: SharedRateLimiter;
  private readonly first: SharedRateLimiter;
  private readonly excesses: SharedRateLimiter;
  private readonly known: SharedRateLimiter;

  constructor(limiters: RateLimiterFactory) {
    // Refusals are not remembered by one process: another one may forgive them.
    const limiter = (name: string, points: number, periodSeconds: number): SharedRateLimiter =>
      limiters.create({ name: `unlock:${name}`, points, periodSeconds, remembersRefusals: false });
    const waits = limiter('waits', 1, 1);
    this.ofAddress = new DoublingWaits(limiter('counts', FREE_ATTEMPTS, MEMORY_S), waits, FREE_ATTEMPTS);
    this.ofSite = new DoublingWaits(limiter('sites', FREE_ATTEMPTS_OF_SITE, MEMORY_S), waits, FREE_ATTEMPTS_OF_SITE);
    this.again = limiter('links', PER_MINUTE, 60);
    this.first = limiter('first', FIRST_PER_MINUTE, 60);
    this.excesses = limiter('excesses', 1, EXCESS_MEMORY_S);
    this.known = limiter('known', 1, KNOWN_S);
  }

  /** Counts an attempt before the password is checked. */
  async count(linkId: string, address: string): Promise<UnlockAttempt> {
    const own = await this.ofAddress.count(keyOf(linkId, addressBlock(address)));
    if (own.waitSeconds > 0) return { waitSeconds: own.waitSeconds };
    if ((await this.known.current.get(knownKeyOf(linkId, address))) !== null) return { waitSeconds: 0 };
    const site = addressSite(address);
    const ofSite = site === undefined ? own : await this.ofSite.count(keyOf(linkId, site));
    if (ofSite.waitSeconds > 0) return { waitSeconds: ofSite.waitSeconds };
    const countedBy = ofSite.count === 1 ? 'first' : 'again';
    return { waitSeconds: await this.countOfLink(linkId, countedBy), countedBy };
  }

  /** The password was right: this attempt and those before it do not count. */
  async forgive(linkId: string, address: string, { countedBy }: UnlockAttempt): Promise<void> {
    const site = addressSite(address);
    await Promise.all([
      this.ofAddress.forget(keyOf(linkId, addressBlock(address))),
      site === undefined || countedBy === undefined ? undefined : this.ofSite.forgiveOne(keyOf(linkId, site)),
      countedBy === undefined ? undefined : this[countedBy].current.reward(linkId, 1),
      this.known.current.penalty(knownKeyOf(linkId, address), 1),
    ]);
  }

  private async countOfLink(linkId: string, countedBy: 'first' | 'again'): Promise<number> {
    const limiter = this[countedBy];
    const { isAdmitted, consumed, resetSeconds } = await limiter.consume(linkId);
    if (isAdmitted) return 0;
    // First attempts never wait longer than the minute: that would be a way to lock people out.
    const isBegin = countedBy === 'again' && consumed === PER_MINUTE + 1;
    if (!isBegin) return resetSeconds;
    const { consumedPoints: excesses } = await this.excesses.current.penalty(linkId, 1);
    const wait = Math.min(60 * 2 ** Math.min(excesses - 1, 20), MAX_LINK_WAIT_S);
    await limiter.current.block(linkId, wait);
    return wait;
  }
}

/** Some attempts are free, then each has to wait twice as long as the one before. */
class DoublingWaits {
  constructor(
    private readonly counts: SharedRateLimiter,
    private readonly waits: SharedRateLimiter,
    private readonly free: number,
  ) {}

  /** @returns the number of attempts including this one, and the seconds to wait. */
  async count(key: string): Promise<{ waitSeconds: number; count: number }> {
    const waiting = await this.waits.current.get(key);
    if (waiting !== null && waiting.consumedPoints > 0 && waiting.msBeforeNext > 0) {
      return { waitSeconds: secondsUntilReset(waiting), count: 0 };
    }
    const { consumedPoints: count } = await this.counts.current.penalty(key, 1);
    const over = count - this.free;
    if (over <= 0) return { waitSeconds: 0, count };
    // Of those that come at once, one goes ahead.
    const wait = Math.min(2 ** Math.min(over, 20), MAX_WAIT_S);
    const { isAdmitted, resetSeconds } = await this.waits.consume(key, wait);
    return { waitSeconds: isAdmitted ? 0 : resetSeconds, count };
  }

  async forget(key: string): Promise<void> {
    await Promise.all([this.counts.current.delete(key), this.waits.current.delete(key)]);
  }

  async forgiveOne(key: string): Promise<void> {
    await this.counts.current.reward(key, 1);
  }
}

function keyOf(linkId: string, network: string): string {
  return `${linkId}:${network}`;
}

/** A hash, as it is kept for days: it says nothing of who was there. */
function knownKeyOf(linkId: string, address: string): string {
  return createHash('sha256')
    .update(keyOf(linkId, addressBlock(address)))
    .digest('base64url')
    .slice(0, 22);
}
