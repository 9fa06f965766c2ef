import { setTimeout as sleep } from 'node:timers/promises';
import { mainThreadMs, peakMb, resetPeakMb } from '../support/main-thread.js';

/** The cost of a request to the process that answers it. */
export interface Cost {
  /** Processor time of the main thread, in milliseconds. */
  totalMs: number;
  /** The most of it that was spent before something else had its turn, in milliseconds. */
  stretchMs: number;
  /** Memory at the peak that was not there before, in megabytes. */
  memoryMb: number;
}

/** The limits of a request, and how often it is measured. */
export interface Budget {
  maxMs: number;
  maxMb: number;
  /** A request that stays below half of the budget is sent this often, others more often. */
  repetitions: number;
}

/** The least of these many: the first may compile code, and another may meet a collection of garbage. */
const MAX_REPETITIONS = 3;
/** What a request leaves to be done after its answer counts too. */
const AFTERWARDS_MS = 20;

/**
 * Sends a request a few times and tells what it costs.
 * @param send resolves when the answer is complete.
 * @param budget the stretch is measured only when the total is above it.
 * @param ping asks the same process for something cheap.
 */
export async function costOf(
  pid: number,
  send: () => Promise<unknown>,
  { maxMs, maxMb, repetitions }: Budget,
  ping: () => Promise<unknown>,
): Promise<Cost> {
  const totals: number[] = [];
  const peaks: number[] = [];
  for (let sent = 1; sent <= MAX_REPETITIONS; sent++) {
    const before = resetPeakMb(pid);
    const begin = mainThreadMs(pid);
    await send();
    await sleep(AFTERWARDS_MS);
    const ms = mainThreadMs(pid) - begin;
    const mb = peakMb(pid) - before;
    totals.push(ms);
    peaks.push(mb);
    if (sent >= repetitions && ms < maxMs / 2 && mb < maxMb / 2) break;
  }
  const totalMs = Math.min(...totals);
  const memoryMb = Math.max(0, Math.min(...peaks));
  const stretchMs = totalMs <= maxMs ? totalMs : await longestStretch(pid, send, ping);
  return { totalMs, stretchMs, memoryMb };
}

/** Asks for something cheap all the time; the main thread's time between two answers is the stretch it was kept for. */
async function longestStretch(
  pid: number,
  send: () => Promise<unknown>,
  ping: () => Promise<unknown>,
): Promise<number> {
  let isDone = false;
  const sending = send().finally(() => (isDone = true));
  let longest = 0;
  while (!isDone) {
    const begin = mainThreadMs(pid);
    await ping();
    longest = Math.max(longest, mainThreadMs(pid) - begin);
  }
  await sending;
  return longest;
}
