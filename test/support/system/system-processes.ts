import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { sep } from 'node:path';
import { eventually } from '../eventually.js';

/** A running process, as Linux's /proc shows it. */
export interface ProcessInfo {
  pid: number;
  command: string;
  cwd: string;
}

/**
 * Processes that work in the folder or name it in their command line: a server started there, its databases and their
 * watchers, parent alive or not. One that has ended and only waits to be reaped is none.
 */
export function processesIn(folder: string): ProcessInfo[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), command: commandOf(name), cwd: linkTarget(`/proc/${name}/cwd`) }))
    .filter(({ pid }) => pid !== process.pid)
    .filter(({ command, cwd }) => isBelow(cwd, folder) || command.includes(folder));
}

/** Ends them at once; those that are gone already do not matter. */
export function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/** Stops a process until `thaw`. It has stopped when this resolves: on a busy machine it goes on for a while after the signal. */
export async function freeze(pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  await eventually(
    () => stateOf(pid),
    (state) => state === 'T',
  );
}

export function thaw(pid: number): void {
  process.kill(pid, 'SIGCONT');
}

export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep) || path.startsWith(`${folder} (deleted)`);
}

/** The files that a process has open; none when it is gone. */
export function openFiles(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).flatMap((name) => linkTarget(`${folder}/${name}`) || []);
  } catch {
    return [];
  }
}

/** One letter, such as `R` for running (proc(5)). */
function stateOf(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2)[0];
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return ''; // gone meanwhile
  }
}

function linkTarget(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return ''; // gone meanwhile, or a zombie
  }
}
