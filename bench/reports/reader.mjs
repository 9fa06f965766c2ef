// Looks at the process that answers reports, from outside.
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readerSocketOf } from '../../dist/reports/reader/reader-socket.js';

const POLL_MS = 100;
const REBUILD_PATIENCE_MS = 3_600_000;
const CATCH_UP_PATIENCE_MS = 120_000;

/** The reader of a Hopback, with its copy. */
export class Reader {
  #hopback;

  /** @param {import('../hopback/hopback.mjs').Hopback} hopback */
  constructor(hopback) {
    this.#hopback = hopback;
  }

  get #folder() {
    return join(this.#hopback.dataDir, 'reports');
  }

  /** Starts Hopback without a copy, and waits until there is a complete one. @returns {Promise<number>} seconds */
  async rebuild() {
    rmSync(this.#folder, { recursive: true, force: true });
    const [seconds] = await Promise.all([this.#timeRebuild(), this.#hopback.launch()]);
    return seconds;
  }

  /** Waits until everything that MongoDB has now is in the copy. */
  async catchUp() {
    const now = Date.now();
    for (const end = now + CATCH_UP_PATIENCE_MS; Date.now() < end; await sleep(POLL_MS)) {
      if (((await this.#status())?.asOf ?? 0) >= now) return;
    }
    throw new Error('the reader of reports does not follow MongoDB');
  }

  /** Milliseconds since the time of which the copy is known to have everything; `undefined` while the reader does not answer. */
  async ageOfState() {
    const status = await this.#status();
    return status && Date.now() - status.asOf;
  }

  /** Bytes of the copy's files. */
  fileBytes() {
    const names = readdirSync(this.#folder).filter((name) => name.includes('.duckdb'));
    return names.reduce((sum, name) => sum + statSync(join(this.#folder, name)).size, 0);
  }

  /** The most memory (RSS) that the process had so far, in bytes. */
  peakMemory() {
    const status = readFileSync(`/proc/${this.#hopback.readerPid()}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+)/m.exec(status)[1]) * 1024;
  }

  async #timeRebuild() {
    let begin;
    for (const end = performance.now() + REBUILD_PATIENCE_MS; performance.now() < end; await sleep(POLL_MS)) {
      const status = await this.#status();
      if (status !== undefined) begin ??= performance.now();
      if (status?.isComplete) return (performance.now() - begin) / 1000;
    }
    throw new Error('the copy for reports did not become complete');
  }

  /** What the reader says about its copy; `undefined` while it does not answer. */
  #status() {
    const socketPath = readerSocketOf(this.#hopback.dataDir);
    return new Promise((resolve) => {
      const sent = request({ socketPath, path: '/status' }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part) => (text += part));
        response.on('end', () => resolve(JSON.parse(text)));
      });
      sent.on('error', () => resolve(undefined)).end();
    });
  }
}
