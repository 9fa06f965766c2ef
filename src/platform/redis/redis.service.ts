import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { LOGGER } from '../logging/logger.js';

/** Injection token of the Redis URL; its value is undefined where the one instance runs without Redis. */
export const REDIS_URL = Symbol('REDIS_URL');

// Measured: with ioredis' defaults a command to a frozen Redis waits for ever.
const BOUNDED = { commandTimeout: 1_000, enableOfflineQueue: false, maxRetriesPerRequest: 1 } as const;
/** How long a caller waits for a message to be taken. A busy event loop alone may delay an answer by some of it. */
const PUBLISH_PATIENCE_MS = 50;

/** News between instances, and whatever else can be rebuilt. Without a Redis every call is a quiet no-op. */
@Injectable()
export class RedisService implements OnApplicationShutdown {
  private readonly client: Redis | undefined;
  private readonly subscriber: Redis | undefined;
  private readonly handlers = new Map<string, (message: string) => void>();
  private outage = false;

  constructor(
    @Inject(REDIS_URL) url: string | undefined,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    if (url === undefined) return;
    this.client = this.connect(new Redis(url, BOUNDED));
    // A subscriber waits by nature: it may queue its SUBSCRIBE until the connection is there.
    this.subscriber = this.connect(new Redis(url, { maxRetriesPerRequest: null }));
    this.subscriber.on('message', (channel: string, message: string) => this.handlers.get(channel)?.(message));
  }

  get isConfigured(): boolean {
    return this.client !== undefined;
  }

  /** Tells every instance, this one too. Losing a message is allowed: receivers must also forget by themselves in time. */
  async publish(channel: string, message: string): Promise<void> {
    const published = this.client?.publish(channel, message).catch((error: unknown) => {
      this.logger.warn({ err: error, channel }, 'Redis did not take a message');
    });
    if (published) await Promise.race([published, sleep(PUBLISH_PATIENCE_MS)]);
  }

  async subscribe(channel: string, handler: (message: string) => void): Promise<void> {
    this.handlers.set(channel, handler);
    await this.subscriber?.subscribe(channel);
  }

  /** @throws Error when Redis does not answer within a second. */
  async ping(): Promise<void> {
    await this.client?.ping();
  }

  /** Last of all: changes made by the last requests must still be told to the others. */
  onApplicationShutdown(): void {
    this.client?.disconnect();
    this.subscriber?.disconnect();
  }

  /** ioredis raises an error for every failed reconnect; one line when it goes and one when it is back is enough. */
  private connect(redis: Redis): Redis {
    redis.on('error', (error: Error) => {
      if (!this.outage) this.logger.error({ err: error }, 'Redis is not reachable; going on without');
      this.outage = true;
    });
    redis.on('ready', () => {
      if (this.outage) this.logger.info('Redis is back');
      this.outage = false;
    });
    return redis;
  }
}
