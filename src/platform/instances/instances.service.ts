import { hostname } from 'node:os';
import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../config/settings.js';
import { SETTINGS } from '../config/settings.token.js';
import { JobRunner } from '../jobs/job-runner.service.js';
import { StartupError } from '../startup/startup-error.js';
import { InstancesRepository } from './instances.repository.js';

/** A short wait is enough, because MongoDB also removes an old instance by its TTL index. */
const LEAVE_PATIENCE_MS = 1_000;
const SIGN_EVERY_MS = 5_000;
const ALIVE_WITHIN_MS = 3 * SIGN_EVERY_MS;

/**
 * Prevents several instances from running on one database without a common Redis: the others would not receive the change
 * of a link, and would redirect to its old destination.
 */
@Injectable()
export class Instances {
  private readonly id: string;
  private readonly sharesRedis: boolean;
  private hasJoined = false;

  constructor(
    @Inject(SETTINGS) settings: Settings,
    private readonly instances: InstancesRepository,
    jobs: JobRunner,
  ) {
    this.id = `${hostname()}:${settings.dataDir}`;
    this.sharesRedis = settings.redisUrl !== undefined;
    jobs.register({
      name: 'instance-heartbeat',
      everyMs: SIGN_EVERY_MS,
      needsMongo: false, // a slow MongoDB must not make this instance look dead
      run: () => this.sendHeartbeat(),
      atShutdown: () => this.leave(),
      shutdownPatienceMs: LEAVE_PATIENCE_MS,
    });
  }

  /** @throws StartupError when there are others, and one of them or this one has no common Redis. */
  async join(): Promise<void> {
    await this.instances.sendHeartbeat(this.id, this.sharesRedis);
    const others = await this.instances.othersAlive(this.id, ALIVE_WITHIN_MS);
    const alone = others.find(({ sharesRedis }) => !sharesRedis || !this.sharesRedis);
    if (alone) {
      await this.instances.remove(this.id);
      throw new StartupError([
        `Another Hopback (${alone._id}) runs on this MongoDB: several instances need one Redis to receive changes; set REDIS_URL to the same one for each.`,
      ]);
    }
    this.hasJoined = true;
  }

  /** Removes this instance, so that another one can start at once. */
  async leave(): Promise<void> {
    if (!this.hasJoined) return;
    this.hasJoined = false;
    await this.instances.remove(this.id);
  }

  private async sendHeartbeat(): Promise<void> {
    if (this.hasJoined) await this.instances.sendHeartbeat(this.id, this.sharesRedis);
  }
}
