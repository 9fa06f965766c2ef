import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SETTING_NAMES } from '../../../src/platform/config/settings.js';
import { eventually } from '../eventually.js';
import { killAll, processesIn } from './system-processes.js';

/** The checkout. */
export const ROOT = join(import.meta.dirname, '..', '..', '..');

const folders = new Set<string>();
const programs = new Set<Program>();
const LAST_LINES = 15;

/** What the programs of a test file have said last: why an answer was not the expected one is mostly there. */
export function lastWords(): string {
  return [...programs].map((program) => program.lastWords(LAST_LINES)).join('\n');
}

/** A new folder that `cleanUp` removes, after it has ended whatever still runs in it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'hopback-system-'));
  folders.add(folder);
  return folder;
}

/** For `afterAll`: ends all processes in temporary folders, and removes the folders. */
export async function cleanUp(): Promise<void> {
  for (const folder of folders) {
    await eventually(
      () => endAllIn(folder),
      (running) => running === 0,
    );
    rmSync(folder, { recursive: true, force: true });
    folders.delete(folder);
  }
  programs.clear();
}

// When the run is cut short, no `afterAll` comes.
process.once('exit', () => {
  for (const folder of folders) {
    endAllIn(folder);
    rmSync(folder, { recursive: true, force: true });
  }
});

function endAllIn(folder: string): number {
  const running = processesIn(folder);
  killAll(running.map(({ pid }) => pid));
  return running.length;
}

/** A program that runs as our child in a temporary folder, with all that it has written. */
export class Program {
  stdout = '';
  stderr = '';
  /** Resolves with the exit code, or the signal that ended it. */
  readonly exited: Promise<number | string>;
  private readonly child: ChildProcess;
  private ended: number | string | undefined;

  constructor(command: string, args: readonly string[], options: { cwd: string; env: NodeJS.ProcessEnv }) {
    programs.add(this);
    this.child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.exited = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      this.child.once('close', (code, signal) => {
        this.ended = code ?? signal ?? -1;
        resolve(this.ended);
      });
    });
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error('the program could not be started');
    return this.child.pid;
  }

  get stderrLines(): string[] {
    return this.stderr.split('\n').filter((line) => line !== '');
  }

  /** The last lines of each output, shortened. */
  lastWords(lines: number): string {
    const last = (text: string): string[] =>
      text
        .trimEnd()
        .split('\n')
        .slice(-lines)
        .map((line) => line.slice(0, 600));
    return [`process ${this.child.pid}:`, ...last(this.stdout), ...last(this.stderr)].join('\n');
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Waits until standard output matches. Throws what was written when the program ends before, or never does it. */
  async waitFor(pattern: RegExp, patienceMs = 60_000): Promise<RegExpExecArray> {
    const end = Date.now() + patienceMs;
    for (;;) {
      const match = pattern.exec(this.stdout);
      if (match) return match;
      if (this.ended !== undefined || Date.now() > end) {
        throw new Error(`no ${pattern} (exit: ${this.ended}) in:\n${this.stdout}\n${this.stderr}`);
      }
      await sleep(10);
    }
  }
}

/** Our environment without what would be a setting of Hopback, or tell it that it is being tested. */
export function cleanEnvironment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const settings = new Set<string>(SETTING_NAMES);
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      name === 'HOPBACK_CACHE_DIR' || (!settings.has(name) && !/^(HOPBACK_|MONGOMS_|VITEST|NODE_ENV$)/.test(name)),
  );
  return { ...Object.fromEntries(kept), ...extra };
}

const givenPorts = new Set<number>();

/**
 * A free port of 127.0.0.1, never the same one twice. It is below those that systems give to outgoing
 * connections (32768 and up): one of these could take it in the seconds before the program listens.
 */
export async function unusedPort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 22_000);
    if (givenPorts.has(port) || !(await canListen(port))) continue;
    givenPorts.add(port);
    return port;
  }
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** Puts an executable shell script there. */
export function writeScript(path: string, body: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
}
