import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { StartupError } from '../startup/startup-error.js';
import type { ServerBinary } from './binaries.js';
import { PortTakenError, startOnFreePort } from './free-port.js';
import { endOrphan } from './orphan.js';
import { type RunningServer, supervise } from './supervise.js';

const PID_FILE = 'server.pid';

/** A Redis or Valkey server that runs as our child process and is started again when it ends by itself. */
export interface EmbeddedRedis {
  url: string;
  stop(): Promise<void>;
}

/**
 * Runs the server on a free port of 127.0.0.1 with a password of its own, appending to a file in `folder`.
 * The folder is per program and major version: one cannot read the other's files, and all that Hopback keeps in Redis
 * can be rebuilt.
 * @throws StartupError when it does not start.
 */
export async function startRedis(binary: ServerBinary, folder: string): Promise<EmbeddedRedis> {
  const dir = join(folder, `${binary.kind}-${binary.version.split('.')[0]}`);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await endOrphan(join(dir, PID_FILE), dir);
  const password = randomBytes(24).toString('hex');
  return startOnFreePort(async (port) => {
    const { stop } = await startOrStartAnew(dir, () => launch(binary, dir, port, password));
    return { url: `redis://:${password}@127.0.0.1:${port}`, stop };
  });
}

/** Starts without its data when the server refuses it: that can be rebuilt, and is no reason for not starting. */
async function startOrStartAnew(dir: string, launchServer: () => Promise<RunningServer>): ReturnType<typeof supervise> {
  const run = (): ReturnType<typeof supervise> => supervise('embedded Redis', launchServer);
  try {
    return await run();
  } catch (error) {
    const { message } = error as StartupError;
    if (error instanceof PortTakenError || !/exit code/.test(message)) throw error; // not for its data
    const aside = `${dir}.broken-${Date.now()}`; // a person may still want to look at it
    process.stderr.write(`hopback: ${message} Its data is moved to ${aside}; starting anew.\n`);
    await rename(dir, aside);
    await mkdir(dir, { recursive: true, mode: 0o700 });
    return run();
  }
}

async function launch(binary: ServerBinary, dir: string, port: number, password: string): Promise<RunningServer> {
  // The folder stands in the arguments, so that an orphan can be told from a stranger. The rest goes in through standard
  // input: a password in the arguments could be read by every local user.
  const server = spawn(binary.path, ['-', '--dir', dir], { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  server.stdin.on('error', () => undefined); // it died at once: reported below
  server.stdin.end(
    [
      'bind 127.0.0.1',
      `port ${port}`,
      `requirepass ${password}`,
      `pidfile ${JSON.stringify(join(dir, PID_FILE))}`,
      'appendonly yes',
      'appendfsync everysec',
      'save ""',
      'set-proc-title no', // or the arguments, by which an orphan is known, would be gone
      'daemonize no',
    ].join('\n'),
  );
  const exited = new Promise<void>((resolve) => server.once('close', () => resolve()));
  const guard = guardAgainstOrphan(server.pid);
  void exited.then(() => guard?.kill('SIGKILL')); // before its pid can be another program's
  try {
    await ready(server, dir);
  } catch (error) {
    server.kill('SIGKILL');
    throw error;
  }
  return {
    exited,
    stop: async () => {
      guard?.kill('SIGKILL');
      server.kill('SIGTERM');
      const timer = setTimeout(() => server.kill('SIGKILL'), 5_000);
      await exited;
      clearTimeout(timer);
    },
  };
}

async function ready(server: ChildProcess, dir: string): Promise<void> {
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const fail = (reason: string): void => {
      const last = output.trim().split('\n').at(-1) ?? '';
      const problems = [`The embedded Redis did not start on ${dir} (${reason}): ${last}`];
      const isPortTaken = /address already in use/i.test(output);
      reject(isPortTaken ? new PortTakenError(problems) : new StartupError(problems));
    };
    const timer = setTimeout(() => fail('no answer within 30 s'), 30_000);
    const read = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-4_000);
      if (!/ready to accept connections/i.test(output)) return;
      clearTimeout(timer);
      resolve();
    };
    server.stdout?.on('data', read);
    server.stderr?.on('data', read);
    server.once('error', (error) => fail(error.message));
    server.once('close', (code) => fail(`exit code ${code}`)); // `exit` may come before the last output
  });
  server.unref();
}

/**
 * A tiny process that does nothing but wait for our end of its pipe to close, which the kernel does however we die, and
 * then ends the server. Without it `kill -9` would leave the server running.
 */
function guardAgainstOrphan(pid: number | undefined): ChildProcess | undefined {
  if (pid === undefined) return undefined; // it could not even be spawned
  const script = `process.stdin.resume().on('end', () => { try { process.kill(${pid}, 'SIGTERM'); } catch {} process.exit(); });`;
  const guard = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  guard.unref();
  (guard.stdin as unknown as { unref?: () => void }).unref?.();
  return guard;
}
