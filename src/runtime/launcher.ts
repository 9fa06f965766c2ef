import { basename } from 'node:path';
import { commandLine, isAlive, parentOf, startMark } from '../platform/startup/process-info.js';

const LOOK_EVERY_MS = 500;

/** Looks up processes of this machine. */
export interface ProcessTable {
  /** The current parent of this process. When a parent ends, the system assigns another one. */
  readonly ppid: number;
  parentOf(pid: number): number | undefined;
  commandLine(pid: number): string | undefined;
  /** A unique name of the process; `undefined` when it has ended. */
  identify(pid: number): string | undefined;
}

/**
 * Set by npm, yarn and pnpm: `npm_lifecycle_event`, the script of package.json that is run, and `npm_execpath`, the path of
 * their program.
 */
export type LauncherEnvironment = NodeJS.Dict<string>;

/**
 * Calls `onGone` once the npm that runs this process has ended. A process manager that stops `npm start` sends SIGTERM to npm,
 * and npm passes it to its shell, not to this process, which would stay behind on its port.
 *
 * Only the parents up to npm are watched: a terminal or a shell above it may end on purpose (`nohup npm start &`).
 * Without npm nothing is watched.
 * @returns the function that stops watching.
 */
export function watchLauncher(
  onGone: () => void,
  environment: LauncherEnvironment = process.env,
  table: ProcessTable = SYSTEM,
): () => void {
  const isGone = launcherWatch(environment, table);
  if (isGone === undefined) return () => undefined;
  const timer = setInterval(() => {
    if (!isGone()) return;
    clearInterval(timer);
    onGone();
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** @returns a function that answers whether npm has ended; `undefined` when this process was not started by `npm start`. */
export function launcherWatch(environment: LauncherEnvironment, table: ProcessTable): (() => boolean) | undefined {
  if (environment['npm_lifecycle_event'] !== 'start') return undefined;
  const parent = table.ppid;
  if (isPackageManager(table.commandLine(parent), environment)) return () => table.ppid !== parent;
  // npm runs scripts in a shell, which is between the two unless it replaces itself with its only command.
  const grandparent = table.parentOf(parent);
  if (grandparent === undefined || !isPackageManager(table.commandLine(grandparent), environment)) return undefined;
  const identity = table.identify(grandparent);
  return () => table.ppid !== parent || table.identify(grandparent) !== identity;
}

/** npm sets its process title to `npm start`; the others are recognised by the path of their program. */
function isPackageManager(command: string | undefined, environment: LauncherEnvironment): boolean {
  const program = environment['npm_execpath'];
  if (command === undefined) return false;
  if (/^(?:npm|yarn|pnpm)\b/.test(command)) return true;
  return program !== undefined && command.split(' ').some((word) => basename(word) === basename(program));
}

const SYSTEM: ProcessTable = {
  get ppid() {
    return process.ppid;
  },
  parentOf,
  commandLine,
  identify: (pid) => (isAlive(pid) ? startMark(pid) : undefined),
};
