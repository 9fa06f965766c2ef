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

  const watch = async (): Promise<void> => {
    for (;;) {
      await server.exited;
      if (stopping) return;
      process.stderr.write(`hopback: the embedded ${name} has ended unexpectedly; starting it again\n`);
      for (let backOff = BACK_OFF_MS.first; !stopping; backOff = Math.min(backOff * 2, BACK_OFF_MS.most)) {
        await sleep(backOff);
        try {
          server = await start();
          break;
        } catch (error) {
          process.stderr.write(`hopback: ${(error as Error).message}\n`);
        }
      }
      if (stopping) await server.stop();
    }
  };
  void watch();
  return {
    stop: async () => {
      stopping = true;
      await server.stop();
    },
  };
}
