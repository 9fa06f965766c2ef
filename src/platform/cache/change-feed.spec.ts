import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ChangeChannel, ChangeFeed } from './change-feed.js';

/** As `RedisService`: silence is noticed a second late. */
const SILENCE_MS = 1_000;

class FakeChannel implements ChangeChannel {
  readonly isConfigured = true;
  readonly sent: string[] = [];
  private isUp = true;
  private changedAt = Date.now();
  private since = Date.now();
  private handler: ((message: string) => void) | undefined;

  hearingSince(now: number): number {
    return this.isUp || now - this.changedAt < SILENCE_MS ? this.since : Number.POSITIVE_INFINITY;
  }

  /** Ticks are enough. */
  onHeard(): void {}

  subscribe(_channel: string, handler: (message: string) => void): void {
    this.handler = handler;
  }

  async publish(_channel: string, message: string): Promise<void> {
    this.sent.push(message);
  }

  /** As if another process had published it. */
  deliver(message: string): void {
    if (this.isUp) this.handler?.(message);
  }

  set up(isUp: boolean) {
    const now = Date.now();
    if (isUp && !this.isUp && now - this.changedAt >= SILENCE_MS) this.since = now;
    this.isUp = isUp;
    this.changedAt = now;
  }
}

interface Made {
  feed: ChangeFeed;
  channel: FakeChannel;
  polls: number[];
  failures: unknown[];
  answer: () => Promise<boolean>;
}
const feeds: ChangeFeed[] = [];
const made = (poll?: (since: number) => Promise<boolean>): Made => {
  const channel = new FakeChannel();
  const it: Made = {
    channel,
    polls: [],
    failures: [],
    answer: async () => true,
    feed: new ChangeFeed({
      channel: { name: 'changes', redis: channel },
      poll: (since) => {
        it.polls.push(since);
        return poll === undefined ? it.answer() : poll(since);
      },
      onPollFailed: (error) => it.failures.push(error),
    }),
  };
  feeds.push(it.feed);
  return it;
};
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  for (const feed of feeds.splice(0)) feed.stop();
  vi.useRealTimers();
});

describe('a change feed', () => {
  it('reports what comes over the channel, and what this process publishes at once', async () => {
    const { feed, channel } = made();
    const reported: string[] = [];
    feed.subscribe((message) => reported.push(message));
    feed.start();
    channel.deliver('theirs');
    const published = feed.publish('ours');
    expect(reported).toEqual(['theirs', 'ours']);
    await published;
    expect(channel.sent).toEqual(['ours']);
  });

  it('polls until the channel was heard for a second, and every 30 seconds from then on', async () => {
    const it = made();
    it.feed.start();
    await pass(1_400);
    const { length } = it.polls;
    expect(length).toBeGreaterThan(1);
    await pass(25_000);
    expect(it.polls).toHaveLength(length);
    await pass(10_000);
    expect(it.polls).toHaveLength(length + 1);
    expect(it.feed.isFollowing(Date.now())).toBe(true);
  });

  it('polls four times a second while the channel is silent, and once more when it is back', async () => {
    const it = made();
    it.feed.start();
    await pass(2_000);
    it.channel.up = false;
    await pass(SILENCE_MS);
    const { length } = it.polls;
    await pass(2_000);
    expect(it.polls.length - length).toBe(8);
    it.channel.up = true;
    const whenBack = it.polls.length;
    await pass(3_000);
    expect(it.polls.length).toBeGreaterThan(whenBack);
    const settled = it.polls.length;
    await pass(5_000);
    expect(it.polls).toHaveLength(settled);
  });

  it('follows nothing while neither the channel nor the poll answers, and polls from where it stopped', async () => {
    const it = made();
    it.feed.start();
    await pass(3_000);
    const lastPoll = it.polls.at(-1) ?? 0;
    it.answer = async () => Promise.reject(new Error('away'));
    it.channel.up = false;
    await pass(4_000);
    expect(it.feed.isFollowing(Date.now())).toBe(false);
    expect(it.failures.length).toBeGreaterThan(4);
    it.answer = async () => true;
    await pass(500);
    expect(it.feed.isFollowing(Date.now())).toBe(true);
    const since = Math.max(...it.polls.slice(0, it.failures.length));
    expect(since).toBeLessThanOrEqual(lastPoll + 3_000);
  });

  it('still follows the channel while MongoDB is away', async () => {
    const it = made();
    it.feed.start();
    await pass(3_000);
    it.answer = async () => Promise.reject(new Error('away'));
    await pass(60_000);
    expect(it.failures.length).toBeGreaterThan(0);
    expect(it.feed.isFollowing(Date.now())).toBe(true);
  });

  it('does not begin a poll before the last one has ended, and repeats one that does not count', async () => {
    const it = made();
    let end: (isComplete: boolean) => void = () => undefined;
    it.answer = () => new Promise((resolve) => (end = resolve));
    it.feed.start();
    await pass(5_000);
    expect(it.polls).toHaveLength(1);
    end(false);
    await pass(250);
    expect(it.polls).toHaveLength(2);
  });

  it('only polls without a channel', async () => {
    let polls = 0;
    const feed = new ChangeFeed({
      pollEveryMs: 500,
      poll: async () => {
        polls++;
        return true;
      },
      onPollFailed: () => undefined,
    });
    feed.start();
    await pass(5_000);
    feed.stop();
    expect(polls).toBe(11);
  });

  it('misses no change, whatever the channel and MongoDB do, once one of them answers', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constantFrom('change', 'silence', 'hearing', 'away', 'back') }),
      fc.record({ kind: fc.constant('wait'), ms: fc.nat({ max: 3_000 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), fc.boolean(), async (steps, endsHeard) => {
        let stored = { value: 0, at: 0 };
        let copy = 0;
        let isAway = false;
        const it = made(async (since) => {
          if (isAway) throw new Error('away');
          const read = stored;
          await pass(0);
          if (read.at >= since - 10_000) copy = read.value;
          return true;
        });
        it.feed.subscribe((message) => (copy = Math.max(copy, Number(message))));
        it.feed.start();
        for (const one of steps) {
          if ('ms' in one) await pass(one.ms);
          else if (one.kind === 'change') {
            stored = { value: stored.value + 1, at: Date.now() };
            it.channel.deliver(String(stored.value));
          } else if (one.kind === 'silence') it.channel.up = false;
          else if (one.kind === 'hearing') it.channel.up = true;
          else isAway = one.kind === 'away';
        }
        isAway = false;
        it.channel.up = endsHeard;
        await pass(35_000);
        expect(copy).toBe(stored.value);
        it.feed.stop();
      }),
      { numRuns: Math.min(100, Number(process.env['PROPERTY_RUNS'] ?? 100)) },
    );
  });
});
