import { createHash, randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { batchCalls } from '../cache/batch-calls.js';
import { withTimeout } from '../concurrency/with-timeout.js';
import { CLEAR, FIND, STORE } from './redis-cache-scripts.js';

const CHANGE_WAIT_MS = 50;
/** A load that takes longer does not store its value. */
const LEASE_MS = 10_000;
const MAX_BATCH = 100;
const MAX_CLEARED_AT_ONCE = 500;
const VERSION_CHARACTERS = 16;

export interface RedisCacheOptions {
  /** Separates caches that share a Redis. */
  namespace: string;
  maxEntries: number;
}

/** An entry as Redis has it. */
export interface SharedEntry {
  /** To be passed to `store`. */
  version: string;
  /** `undefined`: Redis does not have the value. `null`: there is no such value. */
  value: string | null | undefined;
}

interface StoreCall {
  key: string;
  tag: string;
  version: string;
  value: string | null;
  ttlMs: number;
}

/**
 * Values that all processes share. Redis gives a version to the first reader that misses the value, before that reader
 * loads it. `forget` ends the version, and `store` is refused when the entry has another one. So a value that was loaded
 * before a change is never stored after it.
 */
export class RedisCache {
  /** Counts answers to `find`, which distinguishes a slow Redis from a frozen one. */
  answers = 0;
  private readonly prefix: string;
  private readonly index: string;
  private readonly mark: string;
  private readonly findInBatch: (item: { key: string; tag: string }) => Promise<string>;
  private readonly storeInBatch: (item: StoreCall) => Promise<number>;

  /** @param redis its commands must fail at once when it is not connected. */
  constructor(
    private readonly redis: Redis,
    private readonly options: RedisCacheOptions,
  ) {
    this.prefix = `${options.namespace}:of:`;
    this.index = `${options.namespace}:index`;
    this.mark = `${options.namespace}:followed-until`;
    this.findInBatch = batchCalls((items) => this.findAll(items), MAX_BATCH);
    this.storeInBatch = batchCalls((items) => this.storeAll(items), MAX_BATCH);
  }

  /**
   * @param tag an entry with another tag does not count, and is replaced.
   * @returns `undefined` when Redis cannot hold the value.
   * @throws Error when Redis does not answer in the time that the connection gives to commands.
   */
  async find(key: string, tag: string): Promise<SharedEntry | undefined> {
    const entry = await this.findInBatch({ key, tag });
    if (typeof entry !== 'string' || entry.length < VERSION_CHARACTERS) return undefined;
    const version = entry.slice(0, VERSION_CHARACTERS);
    const kind = entry.charAt(VERSION_CHARACTERS);
    if (kind === 'N') return { version, value: null };
    return { version, value: kind === 'V' ? entry.slice(VERSION_CHARACTERS + tag.length + 2) : undefined };
  }

  /**
   * Stores a value that was loaded after `find` gave the version.
   * @param value `null`: there is no such value.
   * @returns false when the value has changed meanwhile, or Redis is full.
   */
  async store(key: string, tag: string, version: string, value: string | null, ttlMs: number): Promise<boolean> {
    return (await this.storeInBatch({ key, tag, version, value, ttlMs })) === 1;
  }

  /** Call it after these values have changed. @throws Error when Redis does not answer within 50 ms. */
  async forget(keys: readonly string[]): Promise<void> {
    for (let at = 0; at < keys.length; at += MAX_BATCH) {
      const names = keys.slice(at, at + MAX_BATCH).map((key) => this.prefix + key);
      await withTimeout(CHANGE_WAIT_MS, this.redis.unlink(...names), () => new Error('Redis is slow'));
    }
  }

  /** Removes all entries. */
  async clear(): Promise<void> {
    for (;;) {
      const removed = await this.run(CLEAR, [this.index], [MAX_CLEARED_AT_ONCE]);
      if (removed === 0) return;
    }
  }

  /** The time of the last `markFollowed`, in milliseconds since 1970; `undefined` when Redis does not have it. */
  async followedUntil(): Promise<number | undefined> {
    const mark = Number(await this.redis.get(this.mark));
    return Number.isSafeInteger(mark) && mark > 0 ? mark : undefined;
  }

  /** Records that `forget` was called for all changes up to `time`. */
  async markFollowed(time: number): Promise<void> {
    await this.redis.set(this.mark, String(time));
  }

  private async findAll(items: readonly { key: string; tag: string }[]): Promise<string[]> {
    const keys = [this.index, ...items.map(({ key }) => this.prefix + key)];
    const version = randomBytes(VERSION_CHARACTERS / 2).toString('hex');
    const settings = [version, LEASE_MS, Date.now(), this.options.maxEntries];
    const entries = (await this.run(FIND, keys, [...settings, ...items.map(({ tag }) => tag)])) as string[];
    this.answers++;
    return entries;
  }

  private async storeAll(items: readonly StoreCall[]): Promise<number[]> {
    const keys = [this.index, ...items.map(({ key }) => this.prefix + key)];
    const entries = items.flatMap(({ tag, version, value, ttlMs }) => [
      `${version}${value === null ? 'N' : 'V'}${tag}|${value ?? ''}`,
      ttlMs,
    ]);
    return (await this.run(STORE, keys, [Date.now(), this.options.maxEntries, ...entries])) as number[];
  }

  /** Sends the script's hash, or the script when Redis does not have it, for example after a restart. */
  private async run(script: string, keys: string[], args: (string | number)[]): Promise<unknown> {
    try {
      return await this.redis.evalsha(hashOf(script), keys.length, ...keys, ...args);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return this.redis.eval(script, keys.length, ...keys, ...args);
    }
  }
}

const hashes = new Map<string, string>();

function hashOf(script: string): string {
  let hash = hashes.get(script);
  if (hash === undefined) {
    hash = createHash('sha1').update(script).digest('hex');
    hashes.set(script, hash);
  }
  return hash;
}
