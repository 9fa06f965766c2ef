import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type RunningServer, supervise } from '../../platform/embedded/supervise.js';
import type { ShipperReport, ShipperStart } from './shipper-messages.js';

const MAIN = fileURLToPath(new URL('./shipper.main.js', import.meta.url));
/** How long it may take to ship what is left; the next start ships the rest. */
const STOP_PATIENCE_MS = 3_000;

/** Runs the shipper in a process of its own, and starts it again should it end. */
export function superviseShipper(
  start: Omit<ShipperStart, 'type'>,
  onReport: (report: ShipperReport) => void,
): Promise<Pick<RunningServer, 'stop'>> {
  return supervise('click shipper', async () => {
    const child = fork(MAIN, { execArgv: [] });
    child.on('message', onReport);
    child.on('error', () => undefined); // it ends then, which is seen below
    const exited = once(child, 'exit').then(() => undefined);
    child.send({ type: 'start', ...start } satisfies ShipperStart, () => undefined);
    return { exited, stop: () => stop(child, exited) };
  });
}

async function stop(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.send({ type: 'stop' }, () => undefined);
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
  await exited;
  clearTimeout(timer);
}
