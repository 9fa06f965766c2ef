import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Whether this system tells the processor time of a single thread, and the peak of a process's memory. Linux does. */
export const canMeasureThreads = existsSync('/proc/self/task') && existsSync('/proc/self/clear_refs');

/**
 * The processor time that a process's main thread has used, in milliseconds. Other threads and other processes do not
 * count, so it says the same on a busy machine, or nearly.
 */
export function mainThreadMs(pid: number): number {
  const [nanoseconds = '0'] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ');
  return Number(nanoseconds) / 1e6;
}

/** The memory that a process has now, in megabytes; the peak is counted anew from here. */
export function resetPeakMb(pid: number): number {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  return field(pid, 'VmRSS');
}

/** The most memory that a process had since `resetPeakMb`, in megabytes. */
export function peakMb(pid: number): number {
  return field(pid, 'VmHWM');
}

export function residentMb(pid: number): number {
  return field(pid, 'VmRSS');
}

function field(pid: number, name: string): number {
  const [, kilobytes = '0'] =
    new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
