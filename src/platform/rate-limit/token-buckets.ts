import { LRUCache } from 'lru-cache';

const MAX_BUCKETS = 10_000;
const MINUTE_MS = 60_000;
/** So that a limit of a million a minute does not admit a million within a second. */
const MAX_BURST = 10_000;

interface Bucket {
  tokens: number;
  filledAt: number;
}

export type Admission = { ok: true } | { ok: false; retryAfterSeconds: number };

/**
 * Rates of this process alone: a token bucket for each key. It fills at the key's rate and holds the tokens of one minute, at
 * most 10,000. The least recently used buckets are forgotten, which resets them to full.
 */
export class TokenBuckets {
  private readonly buckets: LRUCache<string, Bucket>;

  constructor(maxBuckets = MAX_BUCKETS) {
    this.buckets = new LRUCache({ max: maxBuckets });
  }

  /** Takes a token. @param now milliseconds of a monotonic clock. */
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
