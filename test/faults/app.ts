import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../support/eventually.js';
import { killAll, processesIn } from '../support/system/system-processes.js';
import { unusedPort } from '../support/system/system-program.js';
import { type Answer, SystemServer } from '../support/system/system-server.js';
import type { Random } from './random.js';
import type { Stores } from './stores.js';

const READY = /^Hopback is ready on /m;
const START_PATIENCE_MS = 60_000;
/** The limit of all attempts together. */
const ALL_STARTS_PATIENCE_MS = 120_000;

/** The built program, killed and restarted in one folder on one port. Only its public interfaces are used. */
export class App {
  readonly port: number;
  /** Counts the kills: what belongs to an earlier generation met its end with it. */
  generation = 0;
  isUp = false;
  /** In milliseconds of `performance.now()`. */
  upSince = 0;
  /** Starts that ended by themselves because a store was out, and what they said. */
  readonly refusedStarts: string[] = [];
  readonly startSeconds: number[] = [];
  private current: SystemServer | undefined;

  private constructor(
    private readonly folder: string,
    private readonly stores: Stores,
    private readonly env: Record<string, string>,
  ) {
    this.port = Number(env['PORT']);
    mkdirSync(folder, { recursive: true });
  }

  static async prepare(folder: string, stores: Stores): Promise<App> {
    return new App(join(folder, 'app'), stores, {
      PORT: String(await unusedPort()),
      DATA_DIR: join(folder, 'app', 'data'),
      MONGODB_URI: stores.mongodb.uri,
      REDIS_URL: stores.redis.url,
      HOPBACK_API_KEY: 'fault-suite-key-of-more-than-24-characters',
      TRUSTED_PROXIES: '127.0.0.1/32', // visitors come by X-Forwarded-For
      LOG_LEVEL: 'error',
    });
  }

  /** The host of its short links. */
  get host(): string {
    return `localhost:${this.port}`;
  }

  /**
   * Starts it until it is up.
   * @throws Error when it ends though both stores are up, or is not up in two minutes.
   */
  async start(): Promise<void> {
    const begin = performance.now();
    while (!(await this.tryStart())) {
      if (performance.now() - begin > ALL_STARTS_PATIENCE_MS) {
        throw new Error(`the app does not start: ${this.refusedStarts.at(-1)}`);
      }
      await sleep(200);
    }
    this.isUp = true;
    this.upSince = performance.now();
    this.startSeconds.push((this.upSince - begin) / 1_000);
  }

  /** Begins a start and kills it some time later, wherever it has come to by then. */
  async startAndKill(afterMs: number): Promise<void> {
    this.current = await this.launch();
    await sleep(afterMs);
    await this.kill(false);
  }

  /** @param withHelpers kills the processes that it has started, too, at the same moment. */
  async kill(withHelpers: boolean): Promise<void> {
    const { pid } = this.server;
    const helpers = withHelpers ? this.helpers() : [];
    this.generation++;
    this.isUp = false;
    killAll([pid, ...helpers]);
    // Not until its output is closed: a helper that outlives it for a moment may hold that open.
    await eventually(
      () => isGone(pid),
      (gone) => gone,
    );
  }

  /** Kills one of the processes that it has started, which it must replace by itself. @returns false when it has none. */
  async killHelper(random: Random): Promise<boolean> {
    const helpers = this.helpers();
    if (helpers.length === 0) return false;
    // It may be one that answers requests: its connections go with it, and if it is the only one, new ones have to wait.
    this.generation++;
    this.isUp = false;
    killAll([random.pick(helpers)]);
    await eventually(
      () => this.lives(),
      (lives) => lives,
      START_PATIENCE_MS,
    );
    this.isUp = true;
    this.upSince = performance.now();
    return true;
  }

  api<T>(method: string, path: string, json?: unknown): Promise<Answer<T>> {
    return this.server.api<T>(method, path, json);
  }

  /** The sum of a metric over all its label values. @throws Error when the app does not have it. */
  async metric(name: string): Promise<number> {
    const text = await (await fetch(`http://127.0.0.1:${this.port}/metrics`)).text();
    const values = text
      .split('\n')
      .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
      .map((line) => Number(line.split(' ').at(-1)));
    if (values.length === 0) throw new Error(`there is no metric ${name}`);
    return values.reduce((sum, value) => sum + value, 0);
  }

  /** The end of its log and of what it wrote to standard error, for when something is wrong. */
  get lastErrors(): string {
    return `${this.current?.program.stdout ?? ''}${this.current?.program.stderr ?? ''}`.slice(-4_000);
  }

  private get server(): SystemServer {
    if (this.current === undefined) throw new Error('the app was not started');
    return this.current;
  }

  private launch(): Promise<SystemServer> {
    return SystemServer.launch({ folder: this.folder, env: this.env });
  }

  /** @returns false when it ended by itself while it could not have a store. */
  private async tryStart(): Promise<boolean> {
    const storesWereUp = this.stores.areUp;
    const server = await this.launch();
    this.current = server;
    try {
      await server.program.waitFor(READY, START_PATIENCE_MS);
      return true;
    } catch (error) {
      if (storesWereUp || !isGone(server.pid)) throw error;
      this.refusedStarts.push(server.program.stderrLines.at(-1) ?? 'nothing said');
      return false;
    }
  }

  private async lives(): Promise<boolean> {
    try {
      return (await fetch(`http://127.0.0.1:${this.port}/health/live`)).ok;
    } catch {
      return false;
    }
  }

  private helpers(): number[] {
    return processesIn(this.folder)
      .map(({ pid }) => pid)
      .filter((pid) => pid !== this.server.pid);
  }
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}
