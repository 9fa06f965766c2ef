import { readdirSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/** Gives way to this process where both want the same core, and takes what it leaves. */
const NICENESS = 10;

/** Lowers the priority of a process that we started. What the system does not let us is left as it is. */
export function lowerPriority(pid: number): void {
  // On Linux each thread has a niceness of its own, which those that it starts later inherit.
  for (const thread of threadsOf(pid)) attempt(() => setPriority(thread, NICENESS));
  // A session of its own is a group to the scheduler (sched(7), "autogroup"), whose niceness is what counts then.
  attempt(() => writeFileSync(`/proc/${pid}/autogroup`, String(NICENESS)));
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
