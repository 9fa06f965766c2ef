import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { mongo } from 'mongoose';
import type { ServerBinary } from '../../src/platform/embedded/binaries.js';
import { cleanEnvironment, Program } from '../support/system/system-program.js';

const START_PATIENCE_MS = 60_000;
const ANSWER_PATIENCE_MS = 1_000;

export type StoreState = 'up' | 'killed' | 'frozen';

/** A real database server, run by the tests beside the app, that can be killed and frozen and comes back as it was. */
export abstract class StoreServer {
  abstract readonly name: string;
  /** It changes before a fault begins, and not before the server answers again. */
  state: StoreState = 'killed';
  lastFault: Exclude<StoreState, 'up'> = 'killed';
  /** When it last came back, in milliseconds of `performance.now()`. */
  backSince = 0;
  private program: Program | undefined;

  /** @param folder its data, through all restarts. */
  constructor(
    readonly binary: ServerBinary,
    protected readonly folder: string,
    readonly port: number,
  ) {
    mkdirSync(folder, { recursive: true });
  }

  /** Starts it on its port and its data, and waits until it serves. */
  async start(): Promise<void> {
    this.program = new Program(this.binary.path, this.parameters(), { cwd: this.folder, env: cleanEnvironment() });
    await this.comeBack();
  }

  /** Ends it as a crash does: nothing that it holds in memory survives. */
  async kill(): Promise<void> {
    this.state = this.lastFault = 'killed';
    this.running.kill('SIGKILL');
    await this.running.exited;
  }

  /** It keeps its connections, accepts new ones, and answers none: what a hung disk or machine looks like. */
  freeze(): void {
    this.state = this.lastFault = 'frozen';
    this.running.kill('SIGSTOP');
  }

  async thaw(): Promise<void> {
    this.running.kill('SIGCONT');
    await this.comeBack();
  }

  protected abstract parameters(): string[];

  /** @throws Error while it does not serve. */
  protected abstract ping(): Promise<void>;

  private get running(): Program {
    if (this.program === undefined) throw new Error(`${this.name} was not started`);
    return this.program;
  }

  private async comeBack(): Promise<void> {
    const end = Date.now() + START_PATIENCE_MS;
    for (;;) {
      try {
        await this.ping();
        break;
      } catch (error) {
        if (Date.now() > end)
          throw new Error(`${this.name} does not come up: ${this.running.stdout}`, { cause: error });
        await sleep(20);
      }
    }
    this.state = 'up';
    this.backSince = performance.now();
  }
}

/** mongod as a replica set of one: transactions need a replica set. */
export class MongoStore extends StoreServer {
  readonly name = 'MongoDB';
  private isInitiated = false;

  get uri(): string {
    return `mongodb://127.0.0.1:${this.port}/hopback?replicaSet=faults`;
  }

  /** Past the app. */
  async connect(): Promise<mongo.MongoClient> {
    return new mongo.MongoClient(this.uri, { serverSelectionTimeoutMS: 10_000 }).connect();
  }

  protected override parameters(): string[] {
    return [
      ['--dbpath', this.folder, '--port', String(this.port), '--bind_ip', '127.0.0.1', '--replSet', 'faults'],
      ['--logpath', join(this.folder, 'mongod.log'), '--logappend', '--nounixsocket'],
      ['--wiredTigerCacheSizeGB', '0.5'],
    ].flat();
  }

  protected override async ping(): Promise<void> {
    const client = new mongo.MongoClient(`mongodb://127.0.0.1:${this.port}/?directConnection=true`, {
      serverSelectionTimeoutMS: ANSWER_PATIENCE_MS,
      socketTimeoutMS: 10 * ANSWER_PATIENCE_MS, // the very first command makes the replica set's files
    });
    try {
      const admin = client.db('admin');
      if (!this.isInitiated) {
        const members = [{ _id: 0, host: `127.0.0.1:${this.port}` }];
        await admin.command({ replSetInitiate: { _id: 'faults', members } });
        this.isInitiated = true;
      }
      const hello = await admin.command({ hello: 1 });
      if (hello['isWritablePrimary'] !== true) throw new Error('it is not primary yet');
    } finally {
      await client.close();
    }
  }
}

/** Redis or Valkey; what it holds may be lost, so it keeps nothing on the disk. */
export class RedisStore extends StoreServer {
  readonly name = 'Redis';

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  protected override parameters(): string[] {
    return ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder, '--save', ''];
  }

  protected override async ping(): Promise<void> {
    const redis = new Redis(this.url, {
      lazyConnect: true,
      connectTimeout: ANSWER_PATIENCE_MS,
      commandTimeout: ANSWER_PATIENCE_MS,
      maxRetriesPerRequest: 0,
      retryStrategy: () => null,
    });
    redis.on('error', () => undefined); // the command below says it
    try {
      await redis.connect();
      await redis.ping();
    } finally {
      redis.disconnect();
    }
  }
}
