// Replicated caches. `ReplicatedCache` and `ReplicatedSet` keep copies of stored values in this process,
// `ChangeFeed` reports what other processes have changed. Start with replicated-cache.ts.
// docs/adr/0021-one-replicated-cache-with-redis-behind-it.md explains the design.

/** Interval of the polls while Redis is silent, and of the check whether one is due. */
const POLL_EVERY_MS = 250;
const POLL_ANYWAY_MS = 30_000;
/** A state that was current this long ago counts as current. */
const LAPSED_MS = 1_500;
/** Loads that ran when Redis came back have ended after this time, so that the next poll compares their values too. */
const SETTLED_MS = 1_000;

/** The part of `RedisService` that a feed uses. */
export interface ChangeChannel {
  readonly isConfigured: boolean;
  hearingSince(now: number): number;
  onHeard(listener: () => void): void;
  subscribe(channel: string, handler: (message: string) => void): void;
  publish(channel: string, message: string): Promise<void>;
}

export interface ChangeFeedOptions {
  /** Absent: changes are only polled, and `redis` is not used. */
  channel?: { name: string; redis: ChangeChannel };
  /**
   * Reads changes from MongoDB, and applies them.
   * @param since milliseconds since 1970; earlier changes are known. Clocks differ, so the poll reads further back.
   * @returns false when the result does not count, because a change came in meanwhile.
   */
  poll: (since: number) => Promise<boolean>;
  /** Default: 250 ms. */
  pollEveryMs?: number;
  /** Poll interval while Redis messages arrive, because one may be lost. Default: 30 s. */
  pollAnywayMs?: number;
  /** Receives the error of a failed poll. The poll is repeated. */
  onPollFailed: (error: unknown) => void;
}

/**
 * Reports changes of stored values by other processes: messages of a Redis channel while they arrive, polls of MongoDB
 * while Redis is silent, and one more poll when Redis is back.
 */
export class ChangeFeed {
  private readonly listeners: ((message: string) => void)[] = [];
  /** `hearingSince` of the last tick. A different value means that messages may have been missed. */
  private heardSince = Number.NaN;
  private hasGap = true;
  private isPolling = false;
  private followedUntil = Date.now();
  private polledUntil = Date.now();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: ChangeFeedOptions) {}

  start(): void {
    const { channel, pollEveryMs = POLL_EVERY_MS } = this.options;
    channel?.redis.subscribe(channel.name, (message) => this.report(message));
    channel?.redis.onHeard(() => void this.follow());
    this.timer = setInterval(() => void this.follow(), pollEveryMs);
    this.timer.unref();
    void this.follow();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  subscribe(listener: (message: string) => void): void {
    this.listeners.push(listener);
  }

  /** Reports the change here at once, then to the other processes. Messages that Redis does not accept are retried. */
  async publish(message: string): Promise<void> {
    this.report(message);
    const { channel } = this.options;
    await channel?.redis.publish(channel.name, message);
  }

  /** Whether all changes but those of the last second or so are known here. */
  isFollowing(now: number): boolean {
    return now - this.followedUntil < LAPSED_MS;
  }

  private report(message: string): void {
    for (const listener of this.listeners) listener(message);
  }

  private async follow(): Promise<void> {
    const { channel, pollAnywayMs = POLL_ANYWAY_MS } = this.options;
    const now = Date.now();
    const heardSince = channel?.redis.hearingSince(now) ?? Number.POSITIVE_INFINITY;
    if (heardSince !== this.heardSince) this.hasGap = true;
    this.heardSince = heardSince;
    if (!this.hasGap) this.followedUntil = now;
    if (this.isPolling || !(this.hasGap || now - this.polledUntil >= pollAnywayMs)) return;
    this.isPolling = true;
    try {
      if (!(await this.options.poll(this.polledUntil))) return;
      this.polledUntil = now;
      this.followedUntil = Math.max(this.followedUntil, now);
      // Messages arrived since well before the poll, and still do: from here on they are enough.
      if (now - heardSince >= SETTLED_MS && this.heardSince === heardSince) this.hasGap = false;
    } catch (error) {
      this.options.onPollFailed(error);
    } finally {
      this.isPolling = false;
    }
  }
}
