import { execFile } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { promisify } from 'node:util';

/** The main thread of this process goes first when both need the same core. */
const NICENESS = 10;
/** Threads that Node starts first: V8's four (`--v8-pool-size`), and one that wakes them. */
const HELPERS = 5;

/** Lowers the priority of a process that we started. Changes that the system refuses are skipped. */
export function lowerPriority(pid: number): void {
  // On Linux each thread has its own niceness, which the threads that it starts later inherit.
  for (const thread of threadsOf(pid)) attempt(() => setPriority(thread, NICENESS));
  // The scheduler treats a session as a group, and then uses the group's niceness (sched(7), "autogroup").
  attempt(() => writeFileSync(`/proc/${pid}/autogroup`, String(NICENESS)));
}

/**
 * Lets this process use only the time that no other process wants: at the lowest niceness alone, a thread that is running may
 * keep others from the processor for a millisecond. Where util-linux is not installed, the niceness has to do. Threads that
 * are started later inherit both.
 */
export async function runInIdleTime(): Promise<void> {
  for (const thread of threadsOf(process.pid)) attempt(() => setPriority(thread, constants.priority.PRIORITY_LOW));
  await promisify(execFile)('chrt', ['-a', '-i', '-p', '0', String(process.pid)]).catch(() => undefined);
}

/**
 * Lowers the priority of V8's threads in this process, which collect garbage and compile beside the main thread. With the
 * main thread's priority they blocked MongoDB for 10 to 20 ms at a time (docs/traps.md, "now and then").
 * Only Linux has a niceness for each thread (setpriority(2), "C library/kernel differences").
 */
export function lowerHelperThreads(): void {
  if (isPoolChosen()) return;
  const others = threadsOf(process.pid).filter((thread) => thread !== process.pid);
  // The oldest ones, as ids increase. Threads that Node starts later (for files, DNS) must not wait.
  const helpers = others.toSorted((a, b) => a - b).slice(0, HELPERS);
  for (const thread of helpers) attempt(() => setPriority(thread, NICENESS));
}

/** Whether the operator has set the number of V8's threads: they cannot be told from other threads then. */
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
    // ended already, or not permitted
  }
}
