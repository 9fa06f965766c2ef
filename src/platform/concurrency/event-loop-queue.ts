/**
 * Begins one piece of work for each turn of the event loop, in order, so that input from MongoDB and the network is
 * handled in between, however many pieces are waiting.
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
