import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from './app.js';
import type { Random } from './random.js';
import type { FaultName } from './schedule.js';
import type { StoreServer } from './store-server.js';
import type { Stores } from './stores.js';

const COUNTED = ['app killed', 'helper of the app killed'].concat(
  ['MongoDB', 'Redis'].flatMap((store) => [`${store} killed`, `${store} frozen`]),
);

/** Injects faults into the app and its stores, and counts them. */
export class Faults {
  /** Such as `MongoDB frozen`, and how often. */
  readonly tally = new Map<string, number>(COUNTED.map((name) => [name, 0]));

  constructor(
    private readonly app: App,
    private readonly stores: Stores,
    private readonly random: Random,
    /** How long a store is out, in milliseconds. */
    private readonly outageMs: readonly [low: number, high: number],
  ) {}

  /** Resolves when the fault is over: what was killed is up again. */
  async cause(name: FaultName): Promise<void> {
    const { mongodb, redis } = this.stores;
    switch (name) {
      case 'app':
        await this.killApp(false);
        return this.app.start();
      case 'app-with-helpers':
        await this.killApp(true);
        return this.app.start();
      case 'app-twice':
        await this.killApp(false);
        await this.app.start();
        await this.moment(0, 500); // while it reads again what it finds in the spool
        await this.killApp(this.random.next() < 0.5);
        return this.app.start();
      case 'app-in-start':
        await this.killApp(false);
        this.count('app killed');
        await this.app.startAndKill(this.random.between(300, 3_000));
        return this.app.start();
      case 'helper':
        if (await this.app.killHelper(this.random)) this.count('helper of the app killed');
        return;
      case 'mongodb-kill':
        return this.outage([mongodb], 'killed');
      case 'mongodb-freeze':
        return this.outage([mongodb], 'frozen');
      case 'mongodb-kill-while-draining':
        await this.outage([mongodb], 'frozen');
        await this.moment(50, 500); // what has piled up is on its way now
        return this.outage([mongodb], 'killed');
      case 'app-while-mongodb-frozen':
        return this.outage([mongodb], 'frozen', () => this.killAndStart());
      case 'app-while-mongodb-dead':
        return this.outage([mongodb], 'killed', () => this.killAndStart());
      case 'redis-kill':
        return this.outage([redis], 'killed');
      case 'redis-freeze':
        return this.outage([redis], 'frozen');
      case 'app-while-redis-frozen':
        return this.outage([redis], 'frozen', () => this.killAndStart());
      case 'both-kill':
        return this.outage([mongodb, redis], 'killed');
    }
  }

  /** How many of those whose name begins like this. */
  total(beginning: string): number {
    return [...this.tally].filter(([name]) => name.startsWith(beginning)).reduce((sum, [, count]) => sum + count, 0);
  }

  /** Stops the stores and restores them after some seconds, independently of other faults. */
  private async outage(
    servers: readonly StoreServer[],
    how: 'killed' | 'frozen',
    meanwhile: () => Promise<void> = async () => undefined,
  ): Promise<void> {
    for (const { name } of servers) this.count(`${name} ${how}`);
    if (how === 'frozen') for (const server of servers) server.freeze();
    else await Promise.all(servers.map((server) => server.kill()));
    const end = this.moment(...this.outageMs).then(() =>
      Promise.all(servers.map((server) => (how === 'frozen' ? server.thaw() : server.start()))),
    );
    // Waits for both, or a store that starts after the run would not be stopped.
    const failure = (await Promise.allSettled([meanwhile(), end])).find(({ status }) => status === 'rejected');
    if (failure?.status === 'rejected') throw failure.reason;
  }

  private async killAndStart(): Promise<void> {
    await this.moment(200, 1_000);
    await this.killApp(this.random.next() < 0.5);
    await this.app.start();
  }

  private async killApp(withHelpers: boolean): Promise<void> {
    this.count('app killed');
    await this.app.kill(withHelpers);
  }

  private async moment(low: number, high: number): Promise<void> {
    await sleep(this.random.between(low, high));
  }

  private count(name: string): void {
    this.tally.set(name, (this.tally.get(name) ?? 0) + 1);
  }
}
