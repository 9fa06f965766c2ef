import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type RunningServer, supervise } from '../../platform/embedded/supervise.js';
import { StartupError } from '../../platform/startup/startup-error.js';
import type { FromShipper, ShipperReport, ShipperStart } from './shipper-messages.js';

const MAIN = fileURLToPath(new URL('./shipper.main.js', import.meta.url));
/** Without helper threads for garbage collection, which would take processor time from MongoDB. */
const NODE_FLAGS = ['--no-concurrent-marking'];
/** Time to ship what is in the spool. The next start ships the rest. */
const STOP_PATIENCE_MS = 3_000;

/**
 * Runs the shipper in a child process, and restarts it when it ends. Waits until it is ready only if the operator has set geo
 * databases.
 * @throws StartupError when these databases cannot be used.
 */
export function superviseShipper(
  start: Omit<ShipperStart, 'type'>,
  onReport: (report: ShipperReport) => void,
): Promise<Pick<RunningServer, 'stop'>> {
  const mayFail = start.geoCityDb !== undefined || start.geoAsnDb !== undefined;
  return supervise('click shipper', async () => {
    const child = fork(MAIN, { execArgv: NODE_FLAGS });
    let isStopping = false;
    child.on('error', () => undefined); // the exit is handled below
    const exited = once(child, 'exit').then(() => undefined);
    const ready = new Promise<void>((resolve, reject) => {
      child.on('message', (message: FromShipper) => {
        if (message.type === 'report') onReport(message);
        else if (message.type === 'ready') resolve();
        else reject(new StartupError(message.problems));
      });
      void exited.then(() => reject(new StartupError(['The click shipper has ended before it was ready.'])));
    });
    child.send({ type: 'start', ...start } satisfies ShipperStart, () => undefined);
    if (mayFail) await ready;
    else
      ready.catch((error: unknown) => {
        if (!isStopping) process.stderr.write(`hopback: the click shipper: ${(error as Error).message}\n`);
      });
    return {
      exited,
      stop: () => {
        isStopping = true;
        return stop(child, exited);
      },
    };
  });
}

async function stop(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.send({ type: 'stop' }, () => undefined);
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
  await exited;
  clearTimeout(timer);
}
