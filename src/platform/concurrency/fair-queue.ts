import { ProblemException } from '../http/problems/problem.js';

export interface FairQueueLimits {
  /** Maximum number of pieces of work that run at once. */
  atOnce: number;
  /** The same for one key (a workspace, a link). */
  atOncePerKey: number;
  /** Maximum number of waiting pieces of work. */
  waiting: number;
  /** The same for one key, so that no key fills the whole queue. */
  waitingPerKey: number;
  /** Work that has waited longer than this is refused. */
  maxWaitMs: number;
  /** Sent as `Retry-After` with a refusal. */
  retryAfterSeconds: number;
}

/** The text of a refusal: `own` when the limits of the key are reached, `all` when those of the process are. */
export interface QueueRefusals {
  own: string;
  all: string;
}

interface Waiting {
  key: string;
  start: () => void;
}

/**
 * Runs expensive work a few at a time, shared fairly between keys. A bounded number waits for its turn; more is refused with
 * 429 and `Retry-After`.
 */
export class FairQueue {
  private readonly running = new Map<string, number>();
  private readonly line: Waiting[] = [];

  constructor(
    private readonly limits: FairQueueLimits,
    private readonly refusals: QueueRefusals,
  ) {}

  /** @throws ProblemException `too_many_requests` when the work cannot begin in time. */
  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    if (this.hasRoomFor(key)) this.begin(key);
    else await this.turn(key);
    try {
      return await work();
    } finally {
      this.end(key);
    }
  }

  private hasRoomFor(key: string): boolean {
    return this.totalRunning < this.limits.atOnce && this.runningOf(key) < this.limits.atOncePerKey;
  }

  private get totalRunning(): number {
    let total = 0;
    for (const count of this.running.values()) total += count;
    return total;
  }

  private runningOf(key: string): number {
    return this.running.get(key) ?? 0;
  }

  private begin(key: string): void {
    this.running.set(key, this.runningOf(key) + 1);
  }

  private end(key: string): void {
    const left = this.runningOf(key) - 1;
    if (left > 0) this.running.set(key, left);
    else this.running.delete(key);
    const next = this.line.findIndex((waiting) => this.hasRoomFor(waiting.key));
    if (next >= 0) this.line.splice(next, 1)[0]?.start();
  }

  private turn(key: string): Promise<void> {
    const { atOncePerKey, waiting, waitingPerKey, maxWaitMs } = this.limits;
    const ownWaiting = this.line.filter((other) => other.key === key).length;
    const isOwn = this.runningOf(key) >= atOncePerKey || (waitingPerKey > 0 && ownWaiting >= waitingPerKey);
    if (this.line.length >= waiting || ownWaiting >= waitingPerKey) throw this.refusal(isOwn);
    return new Promise((resolve, reject) => {
      const entry: Waiting = {
        key,
        start: () => {
          clearTimeout(timer);
          this.begin(key);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        this.line.splice(this.line.indexOf(entry), 1);
        reject(this.refusal(isOwn));
      }, maxWaitMs);
      this.line.push(entry);
    });
  }

  private refusal(isOwn: boolean): ProblemException {
    const { retryAfterSeconds } = this.limits;
    const detail = `${isOwn ? this.refusals.own : this.refusals.all} Try again in ${retryAfterSeconds} seconds.`;
    return new ProblemException('too_many_requests', detail, undefined, { 'retry-after': String(retryAfterSeconds) });
  }
}
