import { LRUCache } from 'lru-cache';
import { withTimeout } from '../concurrency/with-timeout.js';
import { DatabaseTimeout } from '../mongo/mongo-errors.js';
import { ownCopy } from '../text/own-copy.js';

/**
 * Why a value is loaded: it is not cached (`absent`), it is from an earlier run (`unchecked`), or it is due (`refresh`).
 */
export type LoadReason = 'absent' | 'unchecked' | 'refresh';

export interface ReplicatedCacheOptions<V> {
  /** Reads a value from its store; `undefined` when there is none. */
  load: (key: string, reason: LoadReason) => Promise<V | undefined>;
  /** Maximum number of values. The least recently used are dropped first. */
  max: number;
  /** Keys without a value are kept apart, so that they cannot push values out. Default: they are not kept. */
  absent?: { max: number; ttlMs: number };
  /** Age from which a value is loaded again in the background. Default: never. */
  refreshAfterMs?: number | ((now: number) => number);
  /** Age from which `find` waits for the value to be loaded again. Default: never. */
  staleAfterMs?: number;
  /** Number of running loads from which no background refresh begins. Default: no limit. */
  maxBackgroundLoads?: number;
  /** How long `find` waits: for a newer value of a key that has one, and for a key that has none. Default: no limit. */
  waitMs?: { known?: number; absent?: number };
  /** Whether the store answers. While it does not, known values are returned as they are. */
  isStoreAnswering: () => boolean;
  /**
   * Admits a load to the budget of the requesting address.
   * @returns a function to call when the load has ended; `undefined` when it may not begin.
   */
  beginLoad?: (from?: string) => (() => void) | undefined;
  /** Whether two values are equal. The earlier one is then kept. Default: identity. */
  isSame?: (a: V, b: V) => boolean;
  /** Called when a refresh finds a different value, or none, and no message has reported that change. */
  onUnreportedChange?: (key: string) => void;
}

interface Entry<V> {
  value: V;
  /** When the load of the value began, in milliseconds since EPOCH_MS; `UNCHECKED` for a value of an earlier run. */
  checkedAt: number;
}

/** Times relative to this fit into 31 bits, which V8 stores without allocating a number. */
const EPOCH_MS = Date.now();
const UNCHECKED = -(2 ** 30);

/**
 * Copies of stored values in the memory of this process. Concurrent requests for a key share one load. A known value is
 * returned while its store is unreachable or slow. A value whose load began before a change is never kept.
 */
export class ReplicatedCache<V extends NonNullable<unknown>> {
  /** Counts changes of the content. */
  version = 0;
  private readonly entries: LRUCache<string, Entry<V>>;
  private readonly absent: LRUCache<string, true> | undefined;
  /** A change removes the load from here, and a load that is not here does not keep its value. */
  private readonly loads = new Map<string, Promise<V | undefined>>();
  private readonly refreshAfterMs: (now: number) => number;
  private readonly staleAfterMs: number;
  private readonly maxBackgroundLoads: number;

  constructor(private readonly options: ReplicatedCacheOptions<V>) {
    const { max, absent, refreshAfterMs = Number.POSITIVE_INFINITY } = options;
    this.entries = new LRUCache({ max });
    this.absent = absent && new LRUCache({ max: absent.max, ttl: absent.ttlMs });
    this.refreshAfterMs = typeof refreshAfterMs === 'number' ? () => refreshAfterMs : refreshAfterMs;
    this.staleAfterMs = options.staleAfterMs ?? Number.POSITIVE_INFINITY;
    this.maxBackgroundLoads = options.maxBackgroundLoads ?? Number.POSITIVE_INFINITY;
  }

  /** The known value, without waiting. One that is due is loaded again in the background; an unchecked one does not count. */
  getCached(key: string): V | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined || entry.checkedAt === UNCHECKED) return undefined;
    const now = Date.now();
    if (now - EPOCH_MS - entry.checkedAt >= this.refreshAfterMs(now)) this.refresh(key);
    return entry.value;
  }

  /**
   * The value, loaded if it is not known; `undefined` when there is none.
   * @param from the requesting address, for the budget.
   * @throws what `load` throws, or DatabaseTimeout, when the key is not known here.
   */
  async find(key: string, from?: string): Promise<V | undefined> {
    const { waitMs, isStoreAnswering } = this.options;
    const entry = this.entries.get(key);
    if (entry === undefined) {
      if (this.isKnownAbsent(key)) return undefined;
      return this.wait(this.load(key, 'absent', from), waitMs?.absent);
    }
    const { value, checkedAt } = entry;
    const now = Date.now();
    const age = now - EPOCH_MS - checkedAt;
    const isAnswering = isStoreAnswering();
    if (checkedAt !== UNCHECKED) {
      if (!isAnswering) return value;
      if (age < this.staleAfterMs) {
        if (age >= this.refreshAfterMs(now)) this.refresh(key);
        return value;
      }
    }
    const load = this.load(key, checkedAt === UNCHECKED ? 'unchecked' : 'refresh').catch(() => value);
    return isAnswering ? this.wait(load, waitMs?.known).catch(() => value) : value;
  }

  has(key: string): boolean {
    return this.entries.has(key);
  }

  isKnownAbsent(key: string): boolean {
    return this.absent?.has(key) === true;
  }

  isLoading(key: string): boolean {
    return this.loads.has(key);
  }

  /** All known values, those used last first. */
  *values(): Generator<V> {
    for (const { value } of this.entries.values()) yield value;
  }

  /** All known keys and values, those used last first. */
  *known(): Generator<[string, V]> {
    for (const [key, { value }] of this.entries.entries()) yield [key, value];
  }

  /** Takes over a value that was just written. */
  set(key: string, value: V): void {
    this.loads.delete(key);
    this.keep(key, value, Date.now() - EPOCH_MS, 'absent');
  }

  /** Takes over a value of an earlier run, unless there is one. It is loaded again before it counts. */
  restore(key: string, value: V): void {
    if (!this.entries.has(key)) this.entries.set(ownCopy(key), { value, checkedAt: UNCHECKED });
  }

  /** Call it after a value has changed: the value is loaded again before it is returned. */
  invalidate(key: string): void {
    if (this.entries.delete(key)) this.version++;
    this.absent?.delete(key);
    this.loads.delete(key);
  }

  /** Like `invalidate`, for all keys with this prefix. */
  invalidatePrefix(prefix: string): void {
    const keys = [...this.entries.keys(), ...(this.absent?.keys() ?? []), ...this.loads.keys()];
    for (const key of keys) if (key.startsWith(prefix)) this.invalidate(key);
  }

  /** Call it after a change with unknown keys: running loads do not keep their values. */
  discardLoads(): void {
    this.loads.clear();
  }

  /** Call it when a key may have a value now. */
  forgetAbsence(key: string): void {
    this.absent?.delete(key);
  }

  private refresh(key: string): void {
    if (this.loads.size < this.maxBackgroundLoads) this.load(key, 'refresh').catch(() => undefined);
  }

  private wait<T>(load: Promise<T>, ms: number | undefined): Promise<T> {
    return ms === undefined ? load : withTimeout(ms, load, () => new DatabaseTimeout(), this.options.isStoreAnswering);
  }

  private load(sharedKey: string, reason: LoadReason, from?: string): Promise<V | undefined> {
    const running = this.loads.get(sharedKey);
    if (running) return running;
    const { beginLoad, load } = this.options;
    const end = beginLoad === undefined ? noop : beginLoad(from);
    if (end === undefined) return Promise.reject(new DatabaseTimeout());
    const key = ownCopy(sharedKey);
    const begin = Date.now() - EPOCH_MS;
    const loading: Promise<V | undefined> = load(key, reason).then(
      (value) => {
        end();
        // Not kept after a change: the value may be older than the change.
        if (this.loads.get(key) !== loading) return value;
        this.loads.delete(key);
        return this.keep(key, value, begin, reason);
      },
      (error: unknown) => {
        end();
        if (this.loads.get(key) === loading) this.loads.delete(key);
        throw error;
      },
    );
    loading.catch(() => undefined); // callers may have stopped waiting
    this.loads.set(key, loading);
    return loading;
  }

  private keep(key: string, value: V | undefined, checkedAt: number, reason: LoadReason): V | undefined {
    const entry = this.entries.get(key);
    const { isSame = Object.is, onUnreportedChange } = this.options;
    const isEqual = entry !== undefined && value !== undefined && isSame(entry.value, value);
    if (reason === 'refresh' && entry !== undefined && !isEqual) onUnreportedChange?.(key);
    if (value === undefined) {
      if (this.entries.delete(key)) this.version++;
      this.absent?.set(key, true);
      return undefined;
    }
    this.absent?.delete(key);
    if (isEqual) {
      entry.checkedAt = checkedAt;
      return entry.value;
    }
    this.version++;
    this.entries.set(key, { value, checkedAt });
    return value;
  }
}

function noop(): void {
  // no budget
}
