import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { LOGGER } from '../logging/logger.js';
import { type OutageLog, outageLog } from '../logging/outage-log.js';

/** Injection token of the Redis URL; its value is undefined where the one instance runs without Redis. */
export const REDIS_URL = Symbol('REDIS_URL');

// Measured: with ioredis' defaults a command to a frozen Redis waits for ever.
const BOUNDED = { commandTimeout: 1_000, enableOfflineQueue: false, maxRetriesPerRequest: 1 } as const;
/** How long a caller waits for a message to be taken. A busy event loop alone may delay an answer by some of it. */
const PUBLISH_PATIENCE_MS = 50;
// Instances sharing a Redis keep one pulse going between them: who hears it hears everything else as well.
const PULSE_CHANNEL = 'hopback:pulse';
const PULSE_EVERY_MS = 250;
const SILENCE_MS = 1_000;
/** Silence counts only if this process had so many turns to read: when it is busy itself, messages wait in its socket. */
const SILENT_TURNS = SILENCE_MS / PULSE_EVERY_MS;
/** Messages that are kept for when Redis is back. */
const MAX_UNTOLD = 10_000;

/** News between instances, and whatever else can be rebuilt. Without a Redis every call is a quiet no-op. */
@Injectable()
export class RedisService implements OnApplicationShutdown {
  private readonly client: Redis | undefined;
  private readonly subscriber: Redis | undefined;
  private readonly others: Redis[] = [];
  private readonly heardListeners: (() => void)[] = [];
  private readonly handlers = new Map<string, (message: string) => void>();
  /** What Redis did not take, each message once. */
  private readonly untold = new Map<string, { channel: string; message: string }>();
  private readonly outage: OutageLog;
  private isEnding = false;
  private lastPulseAt = 0;
  private turnsSincePulse = SILENT_TURNS;
  private pulseSince = Number.POSITIVE_INFINITY;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(REDIS_URL) private readonly url: string | undefined,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.outage = outageLog(logger, 'Redis');
    if (url === undefined) return;
    this.client = this.connect(new Redis(url, BOUNDED));
    this.client.on('ready', () => this.tellUntold());
    // A subscriber waits by nature: it may queue its SUBSCRIBE until the connection is there.
    // It would subscribe anew by itself, but tell nobody when that fails: an unhandled rejection, which ends the process.
    const subscriber = this.connect(new Redis(url, { maxRetriesPerRequest: null, autoResubscribe: false }));
    subscriber.on('ready', () => {
      if (this.handlers.size === 0) return;
      const subscribed = subscriber.subscribe(...this.handlers.keys());
      // The first pulse at once: what waits for it is not ready before.
      subscribed.then(() => this.client?.publish(PULSE_CHANNEL, '')).catch(() => undefined);
    });
    this.subscriber = subscriber;
    this.subscriber.on('message', (channel: string, message: string) => this.handlers.get(channel)?.(message));
    // Messages until it is back are lost.
    this.subscriber.on('close', () => {
      this.lastPulseAt = 0;
      this.turnsSincePulse = SILENT_TURNS;
    });
    this.subscribe(PULSE_CHANNEL, () => this.feelPulse());
    this.timer = setInterval(() => this.givePulse(), PULSE_EVERY_MS);
    this.timer.unref();
  }

  get isConfigured(): boolean {
    return this.client !== undefined;
  }

  /**
   * Since when, without a gap, all that others publish is heard here, in milliseconds since 1970; infinity while it is not.
   * Tells a frozen Redis from a quiet one. Without a Redis there are no others: 0.
   */
  hearingSince(now: number): number {
    if (this.client === undefined) return 0;
    return this.isSilent(now) ? Number.POSITIVE_INFINITY : this.pulseSince;
  }

  /**
   * Tells every instance, this one too; as soon as Redis is back when it is not there. Losing a message is allowed all the
   * same: receivers must also forget by themselves in time.
   */
  async publish(channel: string, message: string): Promise<void> {
    if (this.client) await Promise.race([this.tell(this.client, channel, message), sleep(PUBLISH_PATIENCE_MS)]);
  }

  /** Takes effect as soon as Redis is there; `hearingSince` says when that was. */
  subscribe(channel: string, handler: (message: string) => void): void {
    this.handlers.set(channel, handler);
    this.subscriber?.subscribe(channel).catch(() => undefined); // only when it is closed for good
  }

  /** Calls whenever Redis is heard again, or for the first time. */
  onHeard(listener: () => void): void {
    this.heardListeners.push(listener);
  }

  /** A connection for commands that fail when they take longer than `timeoutMs`; `undefined` without a Redis. */
  openConnection(timeoutMs: number): Redis | undefined {
    if (this.url === undefined) return undefined;
    // Without the question whether Redis has loaded its data: while everything starts, that alone may take too long.
    const redis = new Redis(this.url, { ...BOUNDED, commandTimeout: timeoutMs, enableReadyCheck: false });
    redis.on('error', () => undefined); // said once, by the other connections
    this.others.push(redis);
    return redis;
  }

  /** @throws Error when Redis does not answer within a second. */
  async ping(): Promise<void> {
    await this.client?.ping();
  }

  /** Last of all: changes made by the last requests must still be told to the others. */
  onApplicationShutdown(): void {
    this.isEnding = true;
    clearInterval(this.timer);
    this.client?.disconnect();
    this.subscriber?.disconnect();
    for (const redis of this.others) redis.disconnect();
  }

  private async tell(client: Redis, channel: string, message: string): Promise<void> {
    try {
      await client.publish(channel, message);
    } catch (error) {
      if (!this.isEnding) this.outage.noteFailure(error, { channel });
      // Others may hear Redis, and rely on hearing all: it may be our connection alone that is broken.
      if (this.untold.size < MAX_UNTOLD) this.untold.set(`${channel} ${message}`, { channel, message });
    }
  }

  private tellUntold(): void {
    const untold = [...this.untold.values()];
    this.untold.clear();
    for (const { channel, message } of untold) if (this.client) void this.tell(this.client, channel, message);
  }

  private feelPulse(): void {
    const now = Date.now();
    const wasSilent = this.isSilent(now);
    if (wasSilent) this.pulseSince = now;
    this.lastPulseAt = now;
    this.turnsSincePulse = 0;
    this.outage.noteSuccess();
    if (wasSilent) for (const listener of this.heardListeners) listener();
  }

  private isSilent(now: number): boolean {
    return now - this.lastPulseAt >= SILENCE_MS && this.turnsSincePulse >= SILENT_TURNS;
  }

  private givePulse(): void {
    this.turnsSincePulse++;
    // A frozen Redis raises no error. Before the first pulse, its connections report why there is none.
    if (this.pulseSince !== Number.POSITIVE_INFINITY && this.isSilent(Date.now())) {
      this.outage.noteFailure(new Error('no message for a second'));
    }
    if (Date.now() - this.lastPulseAt >= PULSE_EVERY_MS)
      void this.client?.publish(PULSE_CHANNEL, '').catch(() => undefined);
  }

  /** ioredis raises an error for every failed reconnect. */
  private connect(redis: Redis): Redis {
    redis.on('error', (error: Error) => this.outage.noteFailure(error));
    return redis;
  }
}
