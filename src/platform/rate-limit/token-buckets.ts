import { LRUCache } from 'lru-cache';

const MAX_BUCKETS = 10_000;
const MINUTE_MS = 60_000;
/** A key with a rate of a million a minute may not use all of it within a second. */
const MAX_BURST = 10_000;

interface Bucket {
  tokens: number;
  filledAt: number;
}

export type Admission = { ok: true } | { ok: false; retryAfterSeconds: number };

/**
 * Rates of this process alone: a bucket of tokens for each key, which fills at the key's rate and holds one minute's worth,
 * 10,000 at most. The buckets that were not used for the longest time are forgotten, and are full when they are used again.
 */
export class TokenBuckets {
  private readonly buckets: LRUCache<string, Bucket>;

  constructor(maxBuckets = MAX_BUCKETS) {
    this.buckets = new LRUCache({ max: maxBuckets });
  }

  /** Takes a token. @param now milliseconds of a clock that does not jump. */
  take(key: string, ratePerMinute: number, now: number): Admission {
    const rate = Math.max(1, ratePerMinute);
    const burst = Math.min(rate, MAX_BURST);
    const bucket = this.buckets.get(key) ?? { tokens: burst, filledAt: now };
    const elapsed = Math.max(0, now - bucket.filledAt);
    bucket.tokens = Math.min(burst, bucket.tokens + (elapsed * rate) / MINUTE_MS);
    bucket.filledAt = now;
    this.buckets.set(key, bucket);
    if (bucket.tokens < 1) {
      const missingMs = ((1 - bucket.tokens) * MINUTE_MS) / rate;
      return { ok: false, retryAfterSeconds: Math.max(1, Math.ceil(missingMs / 1_000)) };
    }
    bucket.tokens -= 1;
    return { ok: true };
  }
}
