import { TimeSlice } from './time-slice.js';

/** Runs work that yields after each step, and serves others in between when it has taken its time. */
export async function runInSteps<T>(steps: Generator<void, T>): Promise<T> {
  const slice = new TimeSlice();
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await slice.pause();
  }
}
