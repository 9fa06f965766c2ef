import { createServer } from 'node:net';
import { StartupError } from './startup-error.js';

/** Checks the port before anything else starts. @throws StartupError when the port is taken or not allowed. */
export async function checkPort(port: number, host: string): Promise<void> {
  if (port === 0) return;
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(port, host, resolve));
  } catch (error) {
    throw portError(error, port, host);
  }
  await new Promise((resolve) => probe.close(resolve));
}

/** The error for the operator when `listen` has failed. */
export function portError(error: unknown, port: number, host: string): StartupError {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new StartupError([`Port ${port} is in use: stop what listens there, or set PORT to another one.`]);
    case 'EACCES':
      return new StartupError([`Port ${port} needs more rights than this user has: set PORT to 1024 or above.`]);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartupError([`HOST ${host} is no address of this machine.`]);
    default:
      return new StartupError([`Cannot listen on ${host}:${port}: ${reasonOf(error)}`]);
  }
}

/** The reason in one line. */
export function reasonOf(error: unknown): string {
  const { message } = error as Error;
  const firstLine = message.split('\n')[0] ?? '';
  return /ECONNREFUSED/.test(message) ? `no server answers there (${firstLine})` : firstLine;
}
