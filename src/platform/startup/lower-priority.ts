import { readdirSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/** Gives way to the main thread of this process where both want the same core, and takes what it leaves. */
const NICENESS = 10;
/** Threads that Node has from its start: V8's four (`--v8-pool-size`), and one that wakes them. */
const HELPERS = 5;

/** Lowers the priority of a process that we started. What the system does not let us is left as it is. */
export function lowerPriority(pid: number): void {
  // On Linux each thread has a niceness of its own, which those that it starts later inherit.
  for (const thread of threadsOf(pid)) attempt(() => setPriority(thread, NICENESS));
  // A session of its own is a group to the scheduler (sched(7), "autogroup"), whose niceness is what counts then.
  attempt(() => writeFileSync(`/proc/${pid}/autogroup`, String(NICENESS)));
}

/**
 * Lets V8's own threads in this process, which look for garbage and compile beside the one that answers, give way as MongoDB does:
 * with the priority of the main thread they kept MongoDB, which it waits for, from the processor for 10 to 20 ms at a time
 * (docs/traps.md, "now and then"). Only Linux has a niceness for each thread (setpriority(2), "C library/kernel differences").
 */
export function lowerHelperThreads(): void {
  if (isPoolChosen()) return;
  const others = threadsOf(process.pid).filter((thread) => thread !== process.pid);
  // The oldest ones, as ids are given in turn; what Node starts later (for files, names of hosts) must not wait.
  const helpers = others.toSorted((a, b) => a - b).slice(0, HELPERS);
  for (const thread of helpers) attempt(() => setPriority(thread, NICENESS));
}

/** Who has set the number of V8's threads has made arrangements of their own, and we could not tell them from others. */
function isPoolChosen(): boolean {
  return [...process.execArgv, process.env['NODE_OPTIONS'] ?? ''].some((words) => words.includes('v8-pool-size'));
}

function threadsOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch {
    return [pid]; // not Linux
  }
}

function attempt(change: () => void): void {
  try {
    change();
  } catch {
    // gone already, or not ours to change
  }
}
