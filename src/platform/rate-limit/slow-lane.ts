import { setTimeout as sleep } from 'node:timers/promises';

export interface SlowLaneOptions {
  /** How many pieces of work of one block may wait, and of all blocks together. */
  maxWaiting: number;
  maxWaitingInAll: number;
  /** Time between two of one block. */
  pauseMs: number;
}

/**
 * Does the work of each block of addresses one after the other, with a pause between two. A block that asks for much gets
 * little at a time, and is not shut out.
 */
export class SlowLane {
  /** Ends when the last piece of work of the block has. */
  private readonly lanes = new Map<string, { waiting: number; last: Promise<unknown> }>();
  private waiting = 0;

  constructor(private readonly options: SlowLaneOptions) {}

  /** @returns `undefined` when too many are waiting already: the work is not begun then. */
  run<T>(block: string, work: () => Promise<T>): Promise<T> | undefined {
    const lane = this.lanes.get(block) ?? { waiting: 0, last: Promise.resolve() };
    const { maxWaiting, maxWaitingInAll, pauseMs } = this.options;
    if (lane.waiting >= maxWaiting || this.waiting >= maxWaitingInAll) return undefined;
    lane.waiting++;
    this.waiting++;
    this.lanes.set(block, lane);
    const result = lane.last.then(work);
    lane.last = result
      .catch(() => undefined) // told to whoever asked
      .then(() => sleep(pauseMs, undefined, { ref: false }))
      .then(() => {
        this.waiting--;
        if (--lane.waiting === 0) this.lanes.delete(block);
      });
    return result;
  }
}
