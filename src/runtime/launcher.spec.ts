import { describe, expect, it } from 'vitest';
import { launcherWatch, type ProcessTable } from './launcher.js';

const NPM = { npm_lifecycle_event: 'start', npm_execpath: '/usr/lib/node_modules/npm/bin/npm-cli.js' };

/** Processes by pid, with their parents and command lines. This one is 1000. */
class FakeTable implements ProcessTable {
  constructor(private readonly processes: Map<number, { parent: number; command: string }>) {}

  get ppid(): number {
    return this.processes.get(1000)?.parent ?? 1;
  }

  parentOf(pid: number): number | undefined {
    return this.processes.get(pid)?.parent;
  }

  commandLine(pid: number): string | undefined {
    return this.processes.get(pid)?.command;
  }

  identify(pid: number): string | undefined {
    return this.processes.get(pid)?.command;
  }

  /** Ends a process; its children get pid 1 for a parent. */
  end(pid: number): void {
    this.processes.delete(pid);
    for (const one of this.processes.values()) if (one.parent === pid) one.parent = 1;
  }
}

function started(...chain: string[]): FakeTable {
  const rows = chain.map((command, i) => [1000 - i, { parent: 1000 - i - 1, command }] as const);
  return new FakeTable(new Map(rows));
}

describe('the launcher', () => {
  it('has gone when the shell between npm and this process has', () => {
    const table = started('node start.mjs', 'sh -c node start.mjs', 'npm start', 'bash');
    const isGone = launcherWatch(NPM, table);
    expect(isGone?.()).toBe(false);
    table.end(999);
    expect(isGone?.()).toBe(true);
  });

  it('has gone when npm has, though its shell stays', () => {
    const table = started('node start.mjs', 'sh -c node start.mjs', 'npm start', 'bash');
    const isGone = launcherWatch(NPM, table);
    table.end(998);
    expect(isGone?.()).toBe(true);
  });

  it('may have replaced its shell by this process', () => {
    const table = started('node start.mjs', 'node /opt/npm/bin/npm-cli.js start', 'bash');
    const isGone = launcherWatch(NPM, table);
    expect(isGone?.()).toBe(false);
    table.end(999);
    expect(isGone?.()).toBe(true);
  });

  it('has not gone when the terminal or the shell above it has', () => {
    const table = started('node start.mjs', 'sh -c node start.mjs', 'npm start', 'bash');
    const isGone = launcherWatch(NPM, table);
    table.end(997);
    expect(isGone?.()).toBe(false);
    const direct = started('node start.mjs', 'npm start', 'bash');
    const isDirectGone = launcherWatch(NPM, direct);
    direct.end(998);
    expect(isDirectGone?.()).toBe(false);
  });

  it.each([
    ['without npm', {}, ['node dist/main.js', 'bash']],
    ['by another script', { ...NPM, npm_lifecycle_event: 'start:prod' }, ['node dist/main.js', 'sh -c x', 'npm run']],
    ['by a program that npm has started', NPM, ['node start.mjs', 'node supervisor.js', 'sh -c x', 'npm start']],
    ['by a shell that has ended', NPM, ['node start.mjs']],
  ])('is not watched when this process was started %s', (_, environment, chain) => {
    expect(launcherWatch(environment, started(...chain))).toBeUndefined();
  });
});
