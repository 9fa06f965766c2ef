import { setImmediate as nextTurn } from 'node:timers/promises';

/** Work on the main thread goes on for so long before other requests get a turn. */
const SLICE_MS = 10;

/** Cuts long work on the main thread into slices: call `pause` between pieces of it, each well below a slice. */
export class TimeSlice {
  private startedAt = performance.now();

  /** @returns a promise only when it is time for others: `await` nothing is a turn of its own, a million times over. */
  pause(): Promise<void> | undefined {
    return performance.now() - this.startedAt < SLICE_MS ? undefined : this.next();
  }

  private async next(): Promise<void> {
    await nextTurn();
    this.startedAt = performance.now();
  }
}
