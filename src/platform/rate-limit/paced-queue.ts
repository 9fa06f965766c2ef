import { setTimeout as sleep } from 'node:timers/promises';

export interface PacedQueueOptions {
  /** How many pieces of work may wait, for one block and for all blocks together. */
  maxWaiting: number;
  maxWaitingInAll: number;
  /** Pause between two pieces of work of one block. */
  pauseMs: number;
}

/**
 * Runs the work of each block of addresses one after the other, with a pause in between. A block with many requests is
 * slowed down, not blocked.
 */
export class PacedQueue {
  /** `last` settles when the last piece of work of the block has ended. */
  private readonly lanes = new Map<string, { waiting: number; last: Promise<unknown> }>();
  private waiting = 0;

  constructor(private readonly options: PacedQueueOptions) {}

  /** @returns `undefined` when too many are waiting already: the work does not begin then. */
  run<T>(block: string, work: () => Promise<T>): Promise<T> | undefined {
    const lane = this.lanes.get(block) ?? { waiting: 0, last: Promise.resolve() };
    const { maxWaiting, maxWaitingInAll, pauseMs } = this.options;
    if (lane.waiting >= maxWaiting || this.waiting >= maxWaitingInAll) return undefined;
    lane.waiting++;
    this.waiting++;
    this.lanes.set(block, lane);
    const result = lane.last.then(work);
    lane.last = result
      .catch(() => undefined) // the caller of `run` receives the error
      .then(() => sleep(pauseMs, undefined, { ref: false }))
      .then(() => {
        this.waiting--;
        if (--lane.waiting === 0) this.lanes.delete(block);
      });
    return result;
  }
}
