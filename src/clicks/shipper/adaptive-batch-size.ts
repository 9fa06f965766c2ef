const BACK_OFF_MS = { first: 200, max: 5_000 };
/** This many records are counted quickly, however many links they belong to. A failure does not reduce the batch further. */
const QUICK_RECORDS = 500;

/** Size of the shipper's batches, and the waits between them. A refusal or failure shrinks batches; a failure also backs off. */
export class AdaptiveBatchSize {
  /** Maximum number of records in the next batch. */
  limit: number;
  private backOffMs = BACK_OFF_MS.first;
  private waking: (() => void) | undefined;
  private isAwake = false;

  constructor(private readonly max: number) {
    this.limit = max;
  }

  succeeded(): void {
    this.backOffMs = BACK_OFF_MS.first;
    this.limit = Math.min(this.max, this.limit * 4);
  }

  /** To be called after a batch was refused. */
  shrink(): void {
    this.limit = Math.max(1, Math.floor(this.limit / 4));
  }

  /**
   * To be called after a failure. The batch may have been too large for the time limit, and would fail again and again.
   * @returns milliseconds to wait.
   */
  failed(): number {
    if (this.limit > QUICK_RECORDS) this.limit = Math.max(QUICK_RECORDS, Math.floor(this.limit / 4));
    const waitMs = this.backOffMs;
    this.backOffMs = Math.min(this.backOffMs * 2, BACK_OFF_MS.max);
    return waitMs;
  }

  /** Waits for this time, or until `wake` is called. */
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

  /** Ends the current wait and all later ones. */
  wake(): void {
    this.isAwake = true;
    this.waking?.();
  }
}
