import { LRUCache } from 'lru-cache';
import { addressBlock } from '../net/address-block.js';

const MINUTE_MS = 60_000;
const MAX_ADDRESSES = 10_000;

export interface NotFoundLimiterOptions {
  /** How many a minute are taken for mistakes. */
  perMinute?: number;
  /** How many addresses are kept in mind; those that were not heard of for the longest time are forgotten. */
  maxAddresses?: number;
  /** Milliseconds of a clock that does not jump. */
  now?: () => number;
}

/**
 * Tells who tries out short links or keys: more unknown ones from an address within a minute than mistakes explain. In this
 * process alone, so that nothing is waited for, and of bounded size.
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
   * To be asked once for each request of an unknown link: counts it, and says whether it is one too many.
   * @param cost more than 1 where it took more look-ups than a mistake does.
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

  /** Whether the next unknown one would be too many. Counts nothing. To be asked before anything is looked up. */
  isOver(address: string): boolean {
    if (this.counts.size === 0) return false;
    const known = this.counts.get(addressBlock(address));
    return known !== undefined && known.count >= this.perMinute && known.endsAt > this.now();
  }
}
