import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { StartupError } from '../startup/startup-error.js';

// Below the ports that systems give to outgoing connections: one of those could take the port before its server does.
const LOWEST = 20_000;
const BEYOND = 32_000;
const ATTEMPTS = 50;
const START_ATTEMPTS = 5;

/** A server found its port in use: another program has taken it since it was chosen. */
export class PortTakenError extends StartupError {}

/**
 * Starts a server on a free port, and on another one when a program takes that port before the server does.
 * @param start throws PortTakenError when its port is in use.
 */
export async function startOnFreePort<T>(start: (port: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(await freePort());
    } catch (error) {
      if (!(error instanceof PortTakenError) || attempt === START_ATTEMPTS) throw error;
    }
  }
}

/** A TCP port on 127.0.0.1 that is not in use at the moment. */
export async function freePort(): Promise<number> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const port = randomInt(LOWEST, BEYOND);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port between ${LOWEST} and ${BEYOND} after ${ATTEMPTS} attempts`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
