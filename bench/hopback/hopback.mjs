// Runs the built Hopback in a temporary folder with its embedded databases, and uses it from outside only.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../../scripts/setup.mjs';
import { HOST } from '../load/traffic.mjs';
import { removeFolder, temporaryFolder } from '../support/cleanup.mjs';
import { moveToCore } from '../support/machine.mjs';
import { descendants, processesIn, processorSeconds } from '../support/processes.mjs';
import { Program, unusedPort } from '../support/program.mjs';
import { Database } from './database.mjs';
import { kindOf } from './kinds.mjs';
import { Ledger } from './ledger.mjs';

/** What Node is started with; as it ships. */
const FLAGS = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  .scripts['start:prod'].split(' ')
  .filter((word) => word.startsWith('--'));
const READY = /^Hopback is ready on /m;
const REQUESTS_AT_ONCE = 32;
const PAGE = 100;
/** Prevents settings of the calling shell from changing the results. Empty means "not set". */
const UNSET = Object.fromEntries(
  [
    'MONGODB_URI',
    'REDIS_URL',
    'TRUSTED_PROXIES',
    'DNS_SERVERS',
    'OUTBOUND_ALLOW',
    'WORKERS',
    'CLICK_DURABILITY',
    'SPOOL_MAX_MB',
    'GEO_CITY_DB',
    'GEO_ASN_DB',
    'LOG_LEVEL',
    'REPORTS',
  ].map((name) => [name, '']),
);

/** A running Hopback, and what was asked of it. */
export class Hopback {
  /** What was answered, to be compared with what is stored. */
  ledger = new Ledger();
  /** Processes that answer requests. */
  workers = 1;

  /** Starts one with the default settings, changed by `env` (or `env(port)`), and waits until it is ready. */
  static async start(env = {}) {
    const folder = temporaryFolder('hopback');
    const port = await unusedPort();
    const apiKey = `bench_${randomBytes(16).toString('hex')}`;
    const settings = typeof env === 'function' ? env(port) : env;
    const hopback = new Hopback(folder, port, apiKey, settings);
    hopback.workers = Number(settings.WORKERS ?? 1);
    await hopback.launch();
    return hopback;
  }

  constructor(folder, port, apiKey, env) {
    this.folder = folder;
    this.port = port;
    this.apiKey = apiKey;
    this.env = env;
  }

  /** Starts the program in its folder, and waits until it is ready. */
  async launch() {
    this.program = new Program([process.execPath, ...FLAGS, join(root, 'dist', 'main.js')], {
      cwd: this.folder, // where no .env is
      env: {
        ...process.env,
        ...UNSET,
        HOST: '127.0.0.1',
        PORT: String(this.port),
        PUBLIC_URL: `http://${HOST}`,
        DATA_DIR: this.dataDir,
        HOPBACK_API_KEY: this.apiKey,
        RATE_LIMIT_KEY: '0',
        ...this.env,
      },
    });
    await this.program.waitFor(READY);
    this.database = await Database.connect(await this.mongodbUri());
  }

  get dataDir() {
    return join(this.folder, 'data');
  }

  /** Ends it with its databases; `launch` starts it again on the same data. */
  async end() {
    await this.database.close();
    await this.program.stop();
    await sleep(50); // the watchers of its databases see that these are gone
  }

  /** With a link for each slug, each of which was clicked once; from then on on one core, if one is given. */
  static async startWithLinks({ core, env, load, traffic }) {
    const hopback = await Hopback.start(env);
    await hopback.createLinks(traffic.slugs);
    await hopback.clickEach(load, traffic);
    if (core !== undefined) for (const { pid } of hopback.#processes()) moveToCore(core, pid);
    return hopback;
  }

  /** Over the REST API, as a marketer's program does it. */
  async createLinks(slugs) {
    for (let i = 0; i < slugs.length; i += REQUESTS_AT_ONCE) {
      const chunk = slugs.slice(i, i + REQUESTS_AT_ONCE);
      await Promise.all(chunk.map((slug) => this.api('POST', '/links', { url: 'https://shop.example/lp', slug })));
    }
  }

  async clickEach(load, traffic) {
    return this.ledger.enter(await load.send(this.port, traffic, traffic.slugs.length, { inOrder: true }));
  }

  /** An API request. @throws Error when it is refused */
  async api(method, path, json) {
    const response = await fetch(`http://127.0.0.1:${this.port}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.apiKey}`,
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  }

  /** The sum of the clicks in all links' numbers, as the API tells them. */
  async countedClicks() {
    let sum = 0;
    for (let cursor = ''; cursor !== undefined;) {
      const { data, page } = await this.api('GET', `/links?limit=${PAGE}${cursor}`);
      for (const { stats } of data) sum += stats.clicks.total;
      cursor = page.hasMore ? `&cursor=${page.nextCursor}` : undefined;
    }
    return sum;
  }

  /** Resident bytes of its processes by kind, e.g. `{ main: 104e6, mongod: 220e6 }`. */
  memory() {
    const sums = {};
    for (const { pid, rss, command } of this.#processes()) {
      const kind = pid === this.program.pid ? 'main' : kindOf(command);
      sums[kind] = (sums[kind] ?? 0) + rss;
    }
    return sums;
  }

  /** Seconds of processor time that its processes have used, by kind. Processes that have ended do not count. */
  processorTimes() {
    const sums = {};
    for (const { pid, command } of this.#processes()) {
      const kind = pid === this.program.pid ? 'main' : kindOf(command);
      sums[kind] = (sums[kind] ?? 0) + (processorSeconds(pid) ?? NaN);
    }
    return sums;
  }

  mongodPid() {
    return this.#mongod().pid;
  }

  /** The program that its MongoDB runs. */
  mongodProgram() {
    return this.#mongod().command.split(' ')[0];
  }

  /** The process that answers reports. @returns {number | undefined} undefined while it is being started */
  readerPid() {
    return this.#processes().find(({ command }) => kindOf(command) === 'reader')?.pid;
  }

  /** The URI of its MongoDB with the program's user; the program does not publish it. */
  async mongodbUri() {
    const { mongodCredentials, mongodUri } = await import(`${root}/dist/platform/embedded/mongod-credentials.js`);
    const [, port] = / --port (\d+)/.exec(this.#mongod().command);
    const credentials = mongodCredentials(join(this.folder, 'data', 'mongodb'));
    return `${mongodUri(`127.0.0.1:${port}`, credentials, 'hopback')}&directConnection=true`;
  }

  async stop() {
    await this.end();
    await removeFolder(this.folder);
  }

  #mongod() {
    const mongod = processesIn(this.folder).find(({ command }) => kindOf(command) === 'mongod');
    if (mongod === undefined) throw new Error('it has no embedded MongoDB');
    return mongod;
  }

  #processes() {
    const all = processesIn(this.folder);
    const ours = new Set([this.program.pid, ...descendants(this.program.pid)]);
    return all.filter(({ pid }) => ours.has(pid));
  }
}
