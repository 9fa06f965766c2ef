import { readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { mongodCredentials, mongodUri } from '../../../src/platform/embedded/mongod-credentials.js';
import { isBelow, openFiles, processesIn } from './system-processes.js';
import { cleanEnvironment, Program, ROOT, temporaryFolder, unusedPort } from './system-program.js';

const MAIN = join(ROOT, 'dist', 'main.js');
const SHIPPER = join(ROOT, 'dist', 'clicks', 'shipper', 'shipper.main.js');
const READER = join(ROOT, 'dist', 'reports', 'reader', 'reader.main.js');
const READY = /^Hopback is ready on (\S+) .*\n/m;

export interface ServerOptions {
  /** Where it runs. Default: a new temporary folder. */
  folder?: string;
  /** Its settings, beside a free PORT and HOST=127.0.0.1. Most tests need no reports, whose process takes its time. */
  env?: Record<string, string>;
}

/** The processes beside a server's first one. */
export interface Companions {
  mongod: number | undefined;
  redis: number | undefined;
  /** Brings clicks into MongoDB. */
  shipper: number | undefined;
  /** Answers reports; with REPORTS=on. */
  reader: number | undefined;
  /** With WORKERS above 1: those that answer requests, and the one in reserve. */
  workers: number[];
  /** Watch over the embedded databases. */
  watchers: number[];
}

export interface Answer<T = Record<string, unknown>> {
  status: number;
  body: T;
}

/** The built program, run as a person runs it: a process of its own in a folder of its own. */
export class SystemServer {
  private constructor(
    readonly program: Program,
    readonly folder: string,
    readonly port: number,
    private readonly givenKey: string | undefined,
  ) {}

  /** Starts it, and waits for its ready line. */
  static async start(options: ServerOptions = {}): Promise<SystemServer> {
    const server = await SystemServer.launch(options);
    await server.program.waitFor(READY);
    return server;
  }

  /** Starts it and does not wait: it may not come to be ready. */
  static async launch({ folder = temporaryFolder(), env = {} }: ServerOptions = {}): Promise<SystemServer> {
    const port = Number(env['PORT'] ?? (await unusedPort()));
    const settings = { HOST: '127.0.0.1', PORT: String(port), RATE_LIMIT_KEY: '0', REPORTS: 'off', ...env };
    const program = new Program(process.execPath, [MAIN], { cwd: folder, env: cleanEnvironment(settings) });
    return new SystemServer(program, folder, port, env['HOPBACK_API_KEY']);
  }

  get pid(): number {
    return this.program.pid;
  }

  get dataDir(): string {
    return join(this.folder, 'data');
  }

  /** The URL that the ready line names. */
  get baseUrl(): string {
    return READY.exec(this.program.stdout)?.[1] ?? `http://localhost:${this.port}`;
  }

  /** The key that was set, or the one that the first start in this folder has generated. */
  get apiKey(): string {
    return this.givenKey ?? readFileSync(join(this.dataDir, 'first-api-key'), 'utf8').trim();
  }

  get authorization(): { authorization: string } {
    return { authorization: `Bearer ${this.apiKey}` };
  }

  /** The helper processes of the server. */
  companions(): Companions {
    const all = processesIn(this.folder).filter(({ pid }) => pid !== this.pid);
    const mongod = all.find(({ command }) => command.includes(`--dbpath ${join(this.dataDir, 'mongodb')}`))?.pid;
    const redis = all.find(({ cwd }) => isBelow(cwd, join(this.dataDir, 'redis')))?.pid;
    const shipper = all.find(({ command }) => command.endsWith(SHIPPER))?.pid;
    const reader = all.find(({ command }) => command.endsWith(READER))?.pid;
    const workers = all.filter(({ command }) => command.endsWith(MAIN)).map(({ pid }) => pid);
    const named = new Set([mongod, redis, shipper, reader, ...workers]);
    return {
      mongod,
      redis,
      shipper,
      reader,
      workers,
      watchers: all.map(({ pid }) => pid).filter((pid) => !named.has(pid)),
    };
  }

  /** Which worker has the spool of each place; the one in reserve has none. */
  places(): Map<number, number> {
    const spool = `${join(this.dataDir, 'spool')}${sep}`;
    const places = new Map<number, number>();
    for (const pid of this.companions().workers) {
      const open = openFiles(pid).find((path) => path.startsWith(spool));
      if (open !== undefined) places.set(Number(open.slice(spool.length).split(sep)[0]), pid);
    }
    return places;
  }

  /** The URI of its embedded MongoDB, read without the program, which does not publish it. */
  embeddedMongodbUri(): string {
    const mongod = processesIn(this.folder).find(({ command }) => command.includes('--dbpath'));
    const port = / --port (\d+) /.exec(mongod?.command ?? '')?.[1];
    if (port === undefined) throw new Error('it has no embedded MongoDB');
    const credentials = mongodCredentials(join(this.dataDir, 'mongodb'));
    return `${mongodUri(`127.0.0.1:${port}`, credentials, 'hopback')}&directConnection=true`;
  }

  /** An API request with the server's key. */
  async api<T = Record<string, unknown>>(method: string, path: string, json?: unknown): Promise<Answer<T>> {
    const response = await fetch(`${this.baseUrl}/api/v1${path}`, {
      method,
      headers: { ...this.authorization, ...(json === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as T };
  }

  /** Ends it as an operator does, and gives back its exit code. */
  stop(): Promise<number | string> {
    this.program.kill('SIGTERM');
    return this.program.exited;
  }

  /** Ends it as the kernel's out-of-memory killer does. */
  async kill9(): Promise<void> {
    this.program.kill('SIGKILL');
    await this.program.exited;
  }
}
