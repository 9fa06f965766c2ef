import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long work runs on the main thread before other requests are served. */
const SLICE_MS = 10;

/** Lets the event loop serve requests during long work: call `pause` between pieces of it, each well below `SLICE_MS`. */
export class EventLoopYielder {
  private startedAt = performance.now();

  /** @returns a promise only when a pause is due: an `await` for each of a million calls would be slow. */
  pause(): Promise<void> | undefined {
    return performance.now() - this.startedAt < SLICE_MS ? undefined : this.next();
  }

  private async next(): Promise<void> {
    await nextTurn();
    this.startedAt = performance.now();
  }
}
