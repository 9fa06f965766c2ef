import { secondsUntilReset, type SharedRateLimiter } from './shared-rate-limiter.js';

const MAX_WAIT_S = 15 * 60;

/** Admits some attempts freely; then each wait is twice as long as the one before. All processes count together. */
export class DoublingWaits {
  /** @param counts its period is the time after which a key starts again. @param waits any limiter of one point. */
  constructor(
    private readonly counts: SharedRateLimiter,
    private readonly waits: SharedRateLimiter,
    private readonly freeAttempts: number,
  ) {}

  /** @returns the number of attempts including this one, and the seconds to wait. */
  async count(key: string): Promise<{ waitSeconds: number; count: number }> {
    const waiting = await this.waits.current.get(key);
    if (waiting !== null && waiting.consumedPoints > 0 && waiting.msBeforeNext > 0) {
      return { waitSeconds: secondsUntilReset(waiting), count: 0 };
    }
    const { consumedPoints: count } = await this.counts.current.penalty(key, 1);
    const over = count - this.freeAttempts;
    if (over <= 0) return { waitSeconds: 0, count };
    // Of concurrent attempts, one is admitted.
    const waitSeconds = Math.min(2 ** Math.min(over, 20), MAX_WAIT_S);
    const { isAdmitted, resetSeconds } = await this.waits.consume(key, waitSeconds);
    return { waitSeconds: isAdmitted ? 0 : resetSeconds, count };
  }

  /** Attempts so far no longer count. */
  async forget(key: string): Promise<void> {
    await Promise.all([this.counts.current.delete(key), this.waits.current.delete(key)]);
  }

  /** One attempt no longer counts. */
  async forgiveOne(key: string): Promise<void> {
    await this.counts.current.reward(key, 1);
  }
}
