import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { LOGGER } from '../logging/logger.js';
import { type OutageLog, outageLog } from '../logging/outage-log.js';

/** Injection token of the Redis URL; its value is undefined when Hopback runs without Redis. */
export const REDIS_URL = Symbol('REDIS_URL');

// Measured: with ioredis' defaults a command to a frozen Redis waits forever.
const BOUNDED = { commandTimeout: 1_000, enableOfflineQueue: false, maxRetriesPerRequest: 1 } as const;
/** How long a caller waits until Redis accepts a message. A busy event loop alone may delay the answer. */
const PUBLISH_PATIENCE_MS = 50;
// Instances that share a Redis send one pulse. An instance that receives it receives all other messages as well.
const PULSE_CHANNEL = 'hopback:pulse';
const PULSE_EVERY_MS = 250;
const SILENCE_MS = 1_000;
/** Silence counts only after this many timer turns: while this process is busy, messages wait in its socket. */
const SILENT_TURNS = SILENCE_MS / PULSE_EVERY_MS;
/** Messages that are kept until Redis is back. */
const MAX_UNSENT = 10_000;

/** Messages between instances, and connections for data that can be rebuilt. Without a Redis every call does nothing. */
@Injectable()
export class RedisService implements OnApplicationShutdown {
  private readonly client: Redis | undefined;
  private readonly subscriber: Redis | undefined;
  private readonly others: Redis[] = [];
  private readonly heardListeners: (() => void)[] = [];
  private readonly handlers = new Map<string, (message: string) => void>();
  /** Messages that Redis did not accept, each once. */
  private readonly unsent = new Map<string, { channel: string; message: string }>();
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
    this.client.on('ready', () => this.sendUnsent());
    // A subscriber may queue its SUBSCRIBE until it is connected. `autoResubscribe` is off, because its failure is an
    // unhandled rejection, which ends the process.
    const subscriber = this.connect(new Redis(url, { maxRetriesPerRequest: null, autoResubscribe: false }));
    subscriber.on('ready', () => {
      if (this.handlers.size === 0) return;
      const subscribed = subscriber.subscribe(...this.handlers.keys());
      // The first pulse is sent at once: listeners that wait for it are not ready before.
      subscribed.then(() => this.client?.publish(PULSE_CHANNEL, '')).catch(() => undefined);
    });
    this.subscriber = subscriber;
    this.subscriber.on('message', (channel: string, message: string) => this.handlers.get(channel)?.(message));
    // Messages are lost until it is connected again.
    this.subscriber.on('close', () => {
      this.lastPulseAt = 0;
      this.turnsSincePulse = SILENT_TURNS;
    });
    this.subscribe(PULSE_CHANNEL, () => this.receivePulse());
    this.timer = setInterval(() => this.sendPulse(), PULSE_EVERY_MS);
    this.timer.unref();
  }

  get isConfigured(): boolean {
    return this.client !== undefined;
  }

  /**
   * The time since which all messages of other instances arrive here, in milliseconds since 1970; infinity while they do
   * not. It distinguishes a frozen Redis from a quiet one. 0 without a Redis, as there are no other instances.
   */
  hearingSince(now: number): number {
    if (this.client === undefined) return 0;
    return this.isSilent(now) ? Number.POSITIVE_INFINITY : this.pulseSince;
  }

  /**
   * Sends a message to all instances, including this one; when Redis is unreachable, as soon as it is back. A message may
   * still be lost, so cached values of receivers must also expire.
   */
  async publish(channel: string, message: string): Promise<void> {
    if (this.client) await Promise.race([this.send(this.client, channel, message), sleep(PUBLISH_PATIENCE_MS)]);
  }

  /** Takes effect as soon as Redis is connected; `hearingSince` has that time. */
  subscribe(channel: string, handler: (message: string) => void): void {
    this.handlers.set(channel, handler);
    this.subscriber?.subscribe(channel).catch(() => undefined); // only when it is closed for good
  }

  /** The listener is called when messages arrive for the first time, or again after a silence. */
  onHeard(listener: () => void): void {
    this.heardListeners.push(listener);
  }

  /** A connection for commands that fail when they take longer than `timeoutMs`; `undefined` without a Redis. */
  openConnection(timeoutMs: number): Redis | undefined {
    if (this.url === undefined) return undefined;
    // No check whether Redis has loaded its data: during the start that alone may take too long.
    const redis = new Redis(this.url, { ...BOUNDED, commandTimeout: timeoutMs, enableReadyCheck: false });
    redis.on('error', () => undefined); // the other connections log it, once
    this.others.push(redis);
    return redis;
  }

  /** @throws Error when Redis does not answer within a second. */
  async ping(): Promise<void> {
    await this.client?.ping();
  }

  /** Runs last: changes by the last requests must still be published. */
  onApplicationShutdown(): void {
    this.isEnding = true;
    clearInterval(this.timer);
    this.client?.disconnect();
    this.subscriber?.disconnect();
    for (const redis of this.others) redis.disconnect();
  }

  private async send(client: Redis, channel: string, message: string): Promise<void> {
    try {
      await client.publish(channel, message);
    } catch (error) {
      if (!this.isEnding) this.outage.noteFailure(error, { channel });
      // Other instances may still be connected and rely on all messages: perhaps only this connection is broken.
      if (this.unsent.size < MAX_UNSENT) this.unsent.set(`${channel} ${message}`, { channel, message });
    }
  }

  private sendUnsent(): void {
    const unsent = [...this.unsent.values()];
    this.unsent.clear();
    for (const { channel, message } of unsent) if (this.client) void this.send(this.client, channel, message);
  }

  private receivePulse(): void {
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

  private sendPulse(): void {
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
