import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type RunningServer, supervise } from '../../platform/embedded/supervise.js';
import type { FromReader, ReaderReport, ReaderStart, ToReader } from './reader-messages.js';

const MAIN = fileURLToPath(new URL('./reader.main.js', import.meta.url));
/** Without limits, Node would collect garbage only when the process has taken gigabytes. */
const NODE_FLAGS = ['--max-semi-space-size=32', '--max-old-space-size=640'];
/** Time to close the copy. A killed reader loses nothing either. */
const STOP_PATIENCE_MS = 3_000;

/** Runs the reader of reports in a child process, and starts it again when it ends. */
export function superviseReader(
  start: Omit<ReaderStart, 'type'>,
  onReport: (report: ReaderReport) => void,
): Promise<Pick<RunningServer, 'stop'>> {
  return supervise('reader of reports', async () => {
    const child = fork(MAIN, { execArgv: NODE_FLAGS });
    child.on('error', () => undefined); // the exit is handled below
    const exited = once(child, 'exit').then(() => undefined);
    const send = (message: ToReader): void => void child.send(message, () => undefined);
    child.on('message', (message: FromReader) => {
      if (message.type === 'report') onReport(message);
      else process.stderr.write(noDuckdb(message.reason));
    });
    send({ type: 'start', ...start });
    return {
      exited,
      stop: async () => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        send({ type: 'stop' });
        const timer = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
        await exited;
        clearTimeout(timer);
      },
    };
  });
}

function noDuckdb(reason: string): string {
  return `hopback: DuckDB cannot be loaded (${reason}); reports are read from MongoDB, and long periods take several requests\n`;
}
