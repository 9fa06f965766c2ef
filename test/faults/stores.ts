import { join } from 'node:path';
import { readSettings } from '../../src/platform/config/settings.js';
import { findMongod, findRedis } from '../../src/platform/embedded/binaries.js';
import { cleanEnvironment, unusedPort } from '../support/system/system-program.js';
import { MongoStore, RedisStore } from './store-server.js';

/** Longer than a driver needs to notice that its server is back. */
const AFTERMATH_MS = 5_000;

/** The two stores of the app. They belong to the tests: the app's own supervision does not help them up. */
export class Stores {
  private constructor(
    readonly mongodb: MongoStore,
    readonly redis: RedisStore,
  ) {}

  static async start(folder: string): Promise<Stores> {
    const { cacheDir } = readSettings(cleanEnvironment());
    const [mongod, redis] = await Promise.all([findMongod(cacheDir), findRedis(cacheDir)]);
    const stores = new Stores(
      new MongoStore(mongod, join(folder, 'mongodb'), await unusedPort()),
      new RedisStore(redis, join(folder, 'redis'), await unusedPort()),
    );
    await Promise.all([stores.mongodb.start(), stores.redis.start()]);
    return stores;
  }

  get areUp(): boolean {
    return this.mongodb.state === 'up' && this.redis.state === 'up';
  }

  /**
   * What is out just now or has been since then, such as `MongoDB frozen`, or `undefined`.
   * @param since in milliseconds of `performance.now()`
   */
  outageSince(since: number): string | undefined {
    const out = [this.mongodb, this.redis].filter(({ state, backSince }) => state !== 'up' || backSince > since);
    if (out.length === 0) return undefined;
    return out.map(({ name, lastFault }) => `${name} ${lastFault}`).join(' + ');
  }

  /** True if MongoDB may be unavailable to the app: it is out, or has just come back. */
  get mayMissMongodb(): boolean {
    return this.mongodb.state !== 'up' || performance.now() - this.mongodb.backSince < AFTERMATH_MS;
  }

  get versions(): string {
    return [this.mongodb, this.redis].map(({ binary: { kind, version } }) => `${kind} ${version}`).join(', ');
  }
}
