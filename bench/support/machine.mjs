// Features of the machine: cores to pin processes to, and programs to compare with.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { delimiter, join } from 'node:path';

/** The program's path, or `undefined` if it is not installed. nginx is often only in the PATH of root. */
export function findProgram(name) {
  const places = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return places
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/**
 * One core for the server with all its processes and another one for the load, so that they do not take time from each other.
 * @returns {{server: number, load: number} | undefined} undefined where it cannot be done
 */
export function pinnedCores() {
  const cores = allowedCores();
  return findProgram('taskset') && cores.length >= 2 ? { server: cores[0], load: cores[1] } : undefined;
}

/** The command that runs another one on one core; with `core` undefined the command itself. */
export function onCore(core, command) {
  return core === undefined ? command : ['taskset', '-c', String(core), ...command];
}

/** Moves a running process with all its threads; what it starts later stays there too. */
export function moveToCore(core, pid) {
  const { status, stderr } = spawnSync('taskset', ['-acp', String(core), String(pid)], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`process ${pid} could not be moved to core ${core}: ${stderr}`);
}

/** For the report, because figures of different machines cannot be compared. */
export function describeMachine() {
  const model = cpus()[0]?.model.trim() || 'unknown processor';
  return `${availableParallelism()} cores (${model}), ${process.platform}, Node ${process.versions.node}`;
}

/** In a container these need not begin with 0. */
function allowedCores() {
  const file = '/proc/self/status';
  const list = existsSync(file) ? /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
  return (list ?? '').split(',').filter(Boolean).flatMap(expand);
}

/** `2-4` → 2, 3, 4 */
function expand(range) {
  const [first, last = first] = range.split('-').map(Number);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
