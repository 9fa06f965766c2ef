import { setTimeout as sleep } from 'node:timers/promises';

/** A child process that serves something. */
export interface RunningServer {
  /** Resolves when the process has ended, for whatever reason. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

const BACK_OFF_MS = { first: 100, most: 5_000 };

/**
 * Starts a server and starts it again whenever it ends by itself (killed, out of memory, crashed), until it is stopped.
 * The first start must succeed; later ones are tried for ever, as all that depends on it waits for it to be back.
 * @param start starts it under the same address each time.
 */
export async function supervise(
  name: string,
  start: () => Promise<RunningServer>,
): Promise<Pick<RunningServer, 'stop'>> {
  let server = await start();
  let stopping = false;

  const restart = async (): Promise<void> => {
    for (let backOff = BACK_OFF_MS.first; ; backOff = Math.min(backOff * 2, BACK_OFF_MS.most)) {
      await sleep(backOff);
      if (stopping) return;
      try {
        server = await start();
        return;
      } catch (error) {
        process.stderr.write(`hopback: ${(error as Error).message}\n`);
      }
    }
  };
  const watch = async (): Promise<void> => {
    while (!stopping) {
      await server.exited;
      if (stopping) return;
      process.stderr.write(`hopback: the ${name} has ended unexpectedly; starting it again\n`);
      await restart();
    }
  };
  const watching = watch();
  return {
    stop: async () => {
      stopping = true;
      await server.stop();
      await watching;
      await server.stop(); // one that was just being started again
    },
  };
}
