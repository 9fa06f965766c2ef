import { LRUCache } from 'lru-cache';
import { addressBlock } from '../net/address-block.js';

const MINUTE_MS = 60_000;
const MAX_ADDRESSES = 10_000;

export interface NotFoundLimiterOptions {
  /** How many unknown links per minute count as mistakes. */
  perMinute?: number;
  /** Maximum number of addresses; the least recently seen are dropped. */
  maxAddresses?: number;
  /** Milliseconds of a clock that does not jump. */
  now?: () => number;
}

/**
 * Recognises addresses that guess short links or keys, by their unknown ones within a minute. It counts in this process
 * only, so that no request waits, and in bounded memory.
 */
export class NotFoundLimiter {
  private readonly counts: LRUCache<string, { count: number; endsAt: number }>;
  private readonly perMinute: number;
  private readonly now: () => number;

  constructor({
    perMinute = 60,
    maxAddresses = MAX_ADDRESSES,
    now = () => performance.now(),
  }: NotFoundLimiterOptions = {}) {
    this.counts = new LRUCache({ max: maxAddresses });
    this.perMinute = perMinute;
    this.now = now;
  }

  /**
   * Counts a request for an unknown link, and returns whether the limit is exceeded. Call it once for each such request.
   * @param cost more than 1 when it took more look-ups than a mistake does.
   */
  isTooMany(address: string, cost = 1): boolean {
    const key = addressBlock(address);
    const now = this.now();
    const known = this.counts.get(key);
    if (known === undefined || known.endsAt <= now) {
      this.counts.set(key, { count: cost, endsAt: now + MINUTE_MS });
      return this.perMinute < 1;
    }
    known.count += cost;
    return known.count > this.perMinute;
  }

  /** Whether the next unknown link would exceed the limit. Counts nothing. Call it before a look-up. */
  isOver(address: string): boolean {
    if (this.counts.size === 0) return false;
    const known = this.counts.get(addressBlock(address));
    return known !== undefined && known.count >= this.perMinute && known.endsAt > this.now();
  }
}
