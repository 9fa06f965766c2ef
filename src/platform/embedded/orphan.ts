import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandLine, isAlive } from '../startup/process-info.js';

/**
 * Ends the server that an earlier, killed Hopback left running on this data, if there is one. It is known by its pid file
 * and by its command line naming our folder, so that a pid used again by another program is left alone.
 * Both servers recover from SIGKILL by their journals, which spares the wait for a polite shutdown.
 */
export async function endOrphan(pidFile: string, dataPath: string): Promise<void> {
  const pid = readPid(pidFile);
  if (pid === undefined || !(commandLine(pid) ?? '').includes(dataPath)) return;
  process.kill(pid, 'SIGKILL');
  for (let waited = 0; isAlive(pid) && waited < 10_000; waited += 20) await sleep(20);
}

function readPid(pidFile: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
    return pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}
