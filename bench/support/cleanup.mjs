// At the end of a run, also after a failure, ends all its processes and removes its temporary folders.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { descendants, isAlive, processesIn } from './processes.mjs';

const SIGNALS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 };
const folders = new Set();
const pids = new Set();
let ending = false;

/** A new folder, removed at the end of the run with whatever still works in it. */
export function temporaryFolder(name) {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), `hopback-bench-${name}-`));
  folders.add(folder);
  return folder;
}

/** Remembers a process that was started here. */
export function remember(pid) {
  pids.add(pid);
}

/** Forgets a process that has ended: another process may soon get its pid. */
export function forget(pid) {
  pids.delete(pid);
}

/** Ends the processes that work in the folder, and removes it. */
export async function removeFolder(folder) {
  for (let attempt = 0; attempt < 100 && killIn(folder) > 0; attempt++) await sleep(20);
  rmSync(folder, { recursive: true, force: true });
  folders.delete(folder);
}

/** Ends everything at once. After a signal, interrupted work is not reported as a failure. */
export function cleanUp() {
  for (const pid of pids) for (const one of [...descendants(pid), pid]) kill(one);
  pids.clear();
  for (const folder of folders) {
    killIn(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  folders.clear();
}

/** True after a signal. */
export function isEnding() {
  return ending;
}

/** Makes Ctrl+C and an exit in the middle of the run leave nothing behind. */
export function cleanUpOnExit() {
  for (const [signal, number] of Object.entries(SIGNALS)) {
    process.on(signal, () => {
      ending = true;
      process.exit(128 + number);
    });
  }
  process.once('exit', cleanUp);
}

/** @returns how many there were. */
function killIn(folder) {
  const running = processesIn(folder).filter(({ pid }) => isAlive(pid));
  for (const { pid } of running) kill(pid);
  return running.length;
}

function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
