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

  /** No further tick; resolves when the one that is under way has ended. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    await this.underWay;
  }
}
