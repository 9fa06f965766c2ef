// Lists processes: from /proc on Linux, elsewhere from ps.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { sep } from 'node:path';

const HAS_PROC = existsSync('/proc/self/status');
/** Linux reports processor times in these units on all usual architectures. */
const TICKS_PER_SECOND = 100;

/**
 * @typedef {object} ProcessInfo
 * @property {number} pid
 * @property {number} parent
 * @property {number} rss resident bytes
 * @property {string} command its command line
 * @property {string} cwd empty where it can not be known
 */

/** @returns {ProcessInfo[]} all processes but this one */
export function allProcesses() {
  const all = HAS_PROC ? fromProc() : fromPs();
  return all.filter(({ pid }) => pid !== process.pid);
}

/** Processes that work in the folder or name it in their command line, parent alive or not. */
export function processesIn(folder) {
  const isBelow = (path) => path === folder || path.startsWith(folder + sep) || path.startsWith(`${folder} (deleted)`);
  return allProcesses().filter(({ command, cwd }) => isBelow(cwd) || command.includes(folder));
}

/** The numbers of a process's children, their children and so on. */
export function descendants(pid, all = allProcesses()) {
  const children = all.filter(({ parent }) => parent === pid).map((child) => child.pid);
  return children.flatMap((child) => [child, ...descendants(child, all)]);
}

/** Processor time that a process has used, in seconds; undefined where it is not known. */
export function processorSeconds(pid) {
  const [utime, stime] = read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ')
    .slice(11, 13);
  return stime === undefined ? undefined : (Number(utime) + Number(stime)) / TICKS_PER_SECOND;
}

/** Zombies do not count. */
export function isAlive(pid) {
  if (!HAS_PROC) return allProcesses().some((one) => one.pid === pid);
  const status = read(`/proc/${pid}/status`);
  return status !== '' && !/^State:\s+Z/m.test(status);
}

function fromProc() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      const status = read(`/proc/${name}/status`);
      return {
        pid: Number(name),
        parent: Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0),
        rss: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024,
        command: read(`/proc/${name}/cmdline`).replaceAll('\0', ' ').trim(),
        cwd: readLink(`/proc/${name}/cwd`),
      };
    });
}

function fromPs() {
  const { stdout, error } = spawnSync('ps', ['-axo', 'pid=,ppid=,rss=,command='], { encoding: 'utf8' });
  if (error) throw error;
  return stdout.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line);
    if (!match) return [];
    const [, pid, parent, kilobytes, command] = match;
    return [{ pid: Number(pid), parent: Number(parent), rss: Number(kilobytes) * 1024, command, cwd: '' }];
  });
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // gone meanwhile
  }
}

function readLink(path) {
  try {
    return readlinkSync(path);
  } catch {
    return ''; // gone meanwhile, or a zombie
  }
}
