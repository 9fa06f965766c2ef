// Runs a program as a child process.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { forget, remember } from './cleanup.mjs';
import { descendants, isAlive } from './processes.mjs';

// The end of its output is kept for error messages; a long run must not fill the memory.
const KEPT_CHARACTERS = 64 * 1024;

/** A running child, with the end of what it has written. */
export class Program {
  output = '';
  #child;
  #ended;

  /** @param {string[]} command @param {{cwd?: string, env?: Record<string, string | undefined>}} options */
  constructor([file, ...args], options = {}) {
    this.name = [file, ...args].join(' ').slice(0, 120);
    this.#child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    if (this.#child.pid !== undefined) remember(this.#child.pid);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (this.output = (this.output + text).slice(-KEPT_CHARACTERS)));
    }
    this.exited = new Promise((resolve) => {
      const end = (result) => {
        this.#ended = result;
        if (this.pid !== undefined) forget(this.pid);
        resolve(result);
      };
      this.#child.once('error', (error) => end(error.message));
      this.#child.once('close', (code, signal) => end(code ?? signal));
    });
  }

  /** taskset replaces itself by what it starts, so this is the program's own number. */
  get pid() {
    return this.#child.pid;
  }

  /** @throws Error with what was written, when it ends before or does not write it in time. */
  async waitFor(pattern, patienceMs = 120_000) {
    for (const end = Date.now() + patienceMs; ; await sleep(10)) {
      const match = pattern.exec(this.output);
      if (match) return match;
      if (this.#ended !== undefined || Date.now() > end) throw this.#failure(`did not write ${pattern}`);
    }
  }

  /** Waits for its end. @throws Error with what was written, when it fails or does not end in time. */
  async finish(patienceMs) {
    const result = await Promise.race([this.exited, sleep(patienceMs, 'too late', { ref: false })]);
    if (result === 0) return this.output;
    if (result === 'too late') await this.stop(0);
    throw this.#failure(`ended with ${result}`);
  }

  /** Asks it to end. After a timeout, it is killed with its children. */
  async stop(patienceMs = 20_000) {
    if (this.#ended !== undefined) return;
    if (patienceMs > 0) this.#child.kill('SIGTERM');
    const result = await Promise.race([this.exited, sleep(patienceMs, 'too late', { ref: false })]);
    if (result !== 'too late') return;
    const all = [...descendants(this.pid), this.pid].filter(isAlive);
    for (const pid of all) process.kill(pid, 'SIGKILL');
    await this.exited;
  }

  #failure(what) {
    return new Error(`${this.name} ${what}; its output ends with:\n${this.output.slice(-2_000)}`);
  }
}

const given = new Set();

/** A free port of 127.0.0.1, below the range of outgoing connections. */
export async function unusedPort() {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 22_000);
    if (given.has(port) || !(await canListen(port))) continue;
    given.add(port);
    return port;
  }
}

function canListen(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
