import { readdirSync } from 'node:fs';
import { setPriority } from 'node:os';

/** As the embedded mongod (see lower-priority.ts): on one core with it, each gets half. */
const NICENESS = 10;
/** Threads that Node has from its start: V8's four (`--v8-pool-size`), and one that wakes them. */
const HELPERS = 5;

/**
 * Lets V8's own threads, which look for garbage and compile beside the one that answers, give way. A full collection is some 50 ms of
 * work for each of them; with the priority of the main thread they kept MongoDB, which it waits for, from the processor for
 * 10 to 20 ms at a time. Only Linux has a niceness for each thread (setpriority(2), "C library/kernel differences").
 */
export function lowerHelperThreads(): void {
  if (process.platform !== 'linux' || isPoolChosen()) return;
  for (const thread of helperThreads()) {
    try {
      setPriority(thread, NICENESS);
    } catch {
      // not ours to change
    }
  }
}

/** The oldest ones, as ids are given in turn; what Node starts later (for files, names of hosts) must not wait. */
function helperThreads(): number[] {
  try {
    const threads = readdirSync('/proc/self/task').map(Number);
    return threads
      .filter((thread) => thread !== process.pid)
      .toSorted((a, b) => a - b)
      .slice(0, HELPERS);
  } catch {
    return []; // no /proc
  }
}

/** Who has set the number of these threads has made arrangements of their own, and we could not tell them from others. */
function isPoolChosen(): boolean {
  return [...process.execArgv, process.env['NODE_OPTIONS'] ?? ''].some((words) => words.includes('v8-pool-size'));
}
