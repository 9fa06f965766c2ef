import { setTimeout as sleep } from 'node:timers/promises';

const STOP_PATIENCE_MS = 3_000;

/** Does something again and again, never twice at once, until it is stopped. */
export class Ticker {
  private timer: NodeJS.Timeout | undefined;
  private underWay: Promise<void> | undefined;
  private isStopped = false;

  /** @param onError told of what `work` throws; the next tick tries again. */
  constructor(
    private readonly everyMs: number,
    private readonly work: () => Promise<void>,
    private readonly onError: (error: unknown) => void,
  ) {}

  start(): void {
    this.timer = setInterval(() => this.now(), this.everyMs);
    this.timer.unref();
  }

  /** Without waiting for the next tick; nothing when it is under way. */
  now(): void {
    if (this.isStopped || this.underWay !== undefined) return;
    this.underWay = this.work()
      .catch(this.onError)
      .finally(() => (this.underWay = undefined));
  }

  /** Whether `work` is to come to an end. */
  get isEnding(): boolean {
    return this.isStopped;
  }

  /**
   * No further tick; resolves when the one that is under way has ended. It is not waited for any longer than `patienceMs`:
   * MongoDB may be away, and what was not done is done by who starts next.
   */
  async stop(patienceMs = STOP_PATIENCE_MS): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    await Promise.race([this.underWay, sleep(patienceMs, undefined, { ref: false })]);
  }
}
