import { LRUCache } from 'lru-cache';
import { within } from '../concurrency/within.js';

export interface KnownValuesOptions<V> {
  read: (key: string) => Promise<V>;
  /** How long a value is served without waiting for it to be read again; from half of that on it is read beside. */
  maxAgeMs: number;
  /** How many are kept; those that were not used for longest are forgotten first. */
  max: number;
  /** Whether asking makes sense now. While it does not, what is known is served. */
  isHopeful: () => boolean;
}

interface Known<V> {
  value: V;
  readAt: number;
}

/** A reader waits this long for a known value to be read again, then takes the known one. */
const PATIENCE_MS = 200;

class StillReading extends Error {}

/**
 * Values that are read from the store once for all who ask, and again when they have come of age. A value that is known is served
 * as it is while the store is away or slow; one that is not is waited for.
 */
export class KnownValues<V> {
  private readonly known: LRUCache<string, Known<V>>;
  private readonly reading = new Map<string, Promise<V>>();

  constructor(private readonly options: KnownValuesOptions<V>) {
    this.known = new LRUCache({ max: options.max });
  }

  /** @throws what `read` throws, for a value that is not known. */
  async get(key: string): Promise<V> {
    const known = this.known.get(key);
    if (!known) return this.readOnce(key);
    const { maxAgeMs, isHopeful } = this.options;
    const age = Date.now() - known.readAt;
    if (age < maxAgeMs / 2 || !isHopeful()) return known.value;
    if (age < maxAgeMs) {
      this.readOnce(key).catch(() => undefined); // who asks for what is in use all the time never waits
      return known.value;
    }
    try {
      return await within(PATIENCE_MS, this.readOnce(key), () => new StillReading());
    } catch {
      return known.value;
    }
  }

  /** Takes a value that was just written: nobody here sees an older one from now on. */
  set(key: string, value: V): void {
    this.reading.delete(key);
    this.known.set(key, { value, readAt: Date.now() });
  }

  /** Forgets the keys that begin so: they are read again before anybody here gets them. */
  forget(prefix: string): void {
    for (const keys of [this.known, this.reading]) {
      for (const key of keys.keys()) if (key.startsWith(prefix)) keys.delete(key);
    }
  }

  private readOnce(key: string): Promise<V> {
    const running = this.reading.get(key);
    if (running) return running;
    const readAt = Date.now();
    const reading = this.options.read(key).then((value) => {
      // Unless it was overtaken by a write.
      if (this.reading.get(key) === reading) this.known.set(key, { value, readAt });
      return value;
    });
    this.reading.set(key, reading);
    const done = reading.finally(() => {
      if (this.reading.get(key) === reading) this.reading.delete(key);
    });
    done.catch(() => undefined); // told to those who asked
    return reading;
  }
}
