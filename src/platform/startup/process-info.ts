import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A process that has ended and only waits to be reaped holds no file and no port. */
function isZombie(pid: number): boolean {
  return /^\d+ \(.*\) Z/s.test(readProc(pid, 'stat') ?? '');
}

/**
 * The start time of the process, in the unit of the system. Together with the pid it identifies one process: pids are
 * reused (in a container every Hopback may be pid 1), the pair is not.
 */
export function startMark(pid: number): string | undefined {
  const stat = readProc(pid, 'stat');
  // Field 22 of /proc/pid/stat (proc(5)); counted after the command name, which may hold spaces and brackets.
  if (stat !== undefined) return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return ps(pid, 'lstart=');
}

/** The parent of a process, or `undefined` when the process is not there. */
export function parentOf(pid: number): number | undefined {
  const stat = readProc(pid, 'stat');
  const text = stat === undefined ? ps(pid, 'ppid=') : stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
  const parent = Number(text);
  return text === undefined || !Number.isInteger(parent) ? undefined : parent;
}

/** The command line of a process, or `undefined` when it is not there. */
export function commandLine(pid: number): string | undefined {
  return readProc(pid, 'cmdline')?.replaceAll('\0', ' ') ?? ps(pid, 'command=');
}

function readProc(pid: number, file: 'stat' | 'cmdline'): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}

function ps(pid: number, column: string): string | undefined {
  if (process.platform === 'linux') return undefined; // /proc shows that it has ended
  try {
    return execFileSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return undefined;
  }
}
