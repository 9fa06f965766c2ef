import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Settings } from '../config/settings.js';
import { SETTINGS } from '../config/settings.token.js';
import { LOGGER } from '../logging/logger.js';
import { StartupError } from '../startup/startup-error.js';
import { InstancesRepository } from './instances.repository.js';

const REMOVE_PATIENCE_MS = 1_000;
const SIGN_EVERY_MS = 5_000;
const ALIVE_WITHIN_MS = 3 * SIGN_EVERY_MS;

/**
 * Keeps several instances from running on one database without a Redis that they share: a changed link would go on
 * leading to its old destination on the others.
 */
@Injectable()
export class Instances implements BeforeApplicationShutdown {
  private readonly id: string;
  private readonly sharesRedis: boolean;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(SETTINGS) settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly instances: InstancesRepository,
  ) {
    this.id = `${hostname()}:${settings.dataDir}`;
    this.sharesRedis = settings.redisUrl !== undefined;
  }

  /** @throws StartupError when there are others and one of us has no shared Redis. */
  async join(): Promise<void> {
    await this.instances.signOfLife(this.id, this.sharesRedis);
    const others = await this.instances.othersAlive(this.id, ALIVE_WITHIN_MS);
    const alone = others.find(({ sharesRedis }) => !sharesRedis || !this.sharesRedis);
    if (alone) {
      await this.instances.remove(this.id);
      throw new StartupError([
        `Another Hopback (${alone._id}) runs on this MongoDB: several instances need one Redis to hear of changes; set REDIS_URL to the same one for each.`,
      ]);
    }
    this.timer = setInterval(() => void this.sign(), SIGN_EVERY_MS);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.timer === undefined) return;
    clearInterval(this.timer);
    // It is forgotten by itself, too: not worth waiting for a MongoDB that does not answer.
    await Promise.race([this.instances.remove(this.id).catch(() => undefined), sleep(REMOVE_PATIENCE_MS)]);
  }

  private async sign(): Promise<void> {
    try {
      await this.instances.signOfLife(this.id, this.sharesRedis);
    } catch (error) {
      this.logger.debug({ err: error }, 'no sign of life could be given');
    }
  }
}
