/**
 * Begins pieces of work one a turn of the event loop, in order: what has come from MongoDB and elsewhere is dealt with in
 * between, however many pieces are waiting.
 */
export class EventLoopQueue {
  private readonly waiting: (() => void)[] = [];

  /** @param work must not throw. */
  add(work: () => void): void {
    this.waiting.push(work);
    if (this.waiting.length === 1) setImmediate(this.next);
  }

  private readonly next = (): void => {
    this.waiting[0]?.();
    this.waiting.shift();
    if (this.waiting.length > 0) setImmediate(this.next);
  };
}
