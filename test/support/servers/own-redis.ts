import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readSettings } from '../../../src/platform/config/settings.js';
import { findRedis } from '../../../src/platform/embedded/binaries.js';
import { freePort } from '../../../src/platform/embedded/free-port.js';

/** A Redis server of a test's own, that may be frozen and killed, and comes back under the same address. */
export class OwnRedis {
  private server: ChildProcess | undefined;

  private constructor(
    private readonly path: string,
    private readonly port: number,
  ) {}

  static async start(): Promise<OwnRedis> {
    const { path } = await findRedis(readSettings(process.env).cacheDir);
    const redis = new OwnRedis(path, await freePort());
    await redis.revive();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  freeze(): void {
    this.server?.kill('SIGSTOP');
  }

  thaw(): void {
    this.server?.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server === undefined) return;
    const exited = once(server, 'exit');
    server.kill('SIGKILL'); // ends a frozen one, too
    await exited;
  }

  /** Starts it after it was killed, without anything that it knew. */
  async revive(): Promise<void> {
    const settings = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const server = spawn(this.path, settings, { stdio: ['ignore', 'pipe', 'ignore'] });
    this.server = server;
    let output = '';
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.once('exit', () => reject(new Error(`Redis did not start: ${output}`)));
      server.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (/ready to accept connections/i.test(output)) resolve();
      });
    });
  }
}
