import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { addressBlock, addressSite } from '../../platform/net/address-block.js';
import { DoublingWaits } from '../../platform/rate-limit/doubling-waits.js';
import { RateLimiterFactory } from '../../platform/rate-limit/rate-limiter-factory.service.js';
import type { SharedRateLimiter } from '../../platform/rate-limit/shared-rate-limiter.js';

/** Wrong passwords of one address for one link before the address has to wait. */
const FREE_ATTEMPTS = 5;
/** The same for an IPv6 /48. People may share one, and it gives an attacker 65,536 networks of addresses. */
const FREE_ATTEMPTS_OF_SITE = 20;
/** After this time without an attempt, an address starts again. */
const MEMORY_S = 60 * 60;
/** Attempts for one link, from addresses with earlier attempts. */
const PER_MINUTE = 100;
/** First attempts of addresses for one link. A separate limit, so that repeated attempts do not block first-time visitors. */
const FIRST_PER_MINUTE = 100;
/** A link whose limit is exceeded repeatedly is blocked for one minute, then two, four and so on up to this. */
const MAX_LINK_WAIT_S = 60 * 60;
const EXCESS_MEMORY_S = 6 * 60 * 60;
/** Time that an address which gave the right password is not limited by the attempts of others. */
const KNOWN_S = 7 * 24 * 60 * 60;

/** An attempt that was counted. */
export interface UnlockAttempt {
  /** Seconds to wait before the next attempt. 0: this attempt is admitted. */
  waitSeconds: number;
  /** The limit of the link that counted the attempt. */
  countedBy?: 'first' | 'again';
}

/**
 * Limits password attempts. Each address (an IPv6 /64 is one address) has five free attempts, then waits that double; an IPv6
 * /48 has twenty. Each link has a limit per minute. All processes count together in Redis, and each alone while Redis is away.
 * An attacker can lock out neither first-time visitors nor visitors who gave the password before.
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
    // A process must not remember refusals, as another process may have forgiven them.
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
    const ofAddress = await this.ofAddress.count(keyOf(linkId, addressBlock(address)));
    if (ofAddress.waitSeconds > 0) return { waitSeconds: ofAddress.waitSeconds };
    if ((await this.known.current.get(knownKeyOf(linkId, address))) !== null) return { waitSeconds: 0 };
    const site = addressSite(address);
    const ofSite = site === undefined ? ofAddress : await this.ofSite.count(keyOf(linkId, site));
    if (ofSite.waitSeconds > 0) return { waitSeconds: ofSite.waitSeconds };
    const countedBy = ofSite.count === 1 ? 'first' : 'again';
    return { waitSeconds: await this.countOfLink(linkId, countedBy), countedBy };
  }

  /** To be called after the right password: this attempt and earlier ones no longer count. */
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
    // First attempts never wait longer than the minute, or an attacker could lock people out.
    const isFirstExcess = countedBy === 'again' && consumed === PER_MINUTE + 1;
    if (!isFirstExcess) return resetSeconds;
    const { consumedPoints: excesses } = await this.excesses.current.penalty(linkId, 1);
    const waitSeconds = Math.min(60 * 2 ** Math.min(excesses - 1, 20), MAX_LINK_WAIT_S);
    await limiter.current.block(linkId, waitSeconds);
    return waitSeconds;
  }
}

function keyOf(linkId: string, network: string): string {
  return `${linkId}:${network}`;
}

/** A hash instead of the address, as it is stored for days. */
function knownKeyOf(linkId: string, address: string): string {
  return createHash('sha256')
    .update(keyOf(linkId, addressBlock(address)))
    .digest('base64url')
    .slice(0, 22);
}
