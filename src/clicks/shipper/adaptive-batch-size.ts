const BACK_OFF_MS = { first: 200, most: 5_000 };
/** So many records never take long to count, however many links they are of. */
const EASY = 500;

/** How much the shipper takes at once, and how long it waits: less after a refusal or a failure, longer after a failure. */
export class AdaptiveBatchSize {
  /** Most records of the next window. */
  limit: number;
  private backOffMs = BACK_OFF_MS.first;
  private waking: (() => void) | undefined;
  private isAwake = false;

  constructor(private readonly most: number) {
    this.limit = most;
  }

  succeeded(): void {
    this.backOffMs = BACK_OFF_MS.first;
    this.limit = Math.min(this.most, this.limit * 4);
  }

  /** After a refusal of the window as a whole. */
  shrink(): void {
    this.limit = Math.max(1, Math.floor(this.limit / 4));
  }

  /**
   * What failed may have been too much for the time that there was: the same again could fail for ever.
   * @returns for how long to wait.
   */
  failed(): number {
    if (this.limit > EASY) this.limit = Math.max(EASY, Math.floor(this.limit / 4));
    const wait = this.backOffMs;
    this.backOffMs = Math.min(this.backOffMs * 2, BACK_OFF_MS.most);
    return wait;
  }

  /** Waits, until woken. */
  async wait(ms: number): Promise<void> {
    if (this.isAwake || ms === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.waking = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.waking = undefined;
  }

  /** Ends all waiting from now on. */
  wake(): void {
    this.isAwake = true;
    this.waking?.();
  }
}
