import { setTimeout as sleep } from 'node:timers/promises';

/** Minimum time between refreshes, so that a flood of them does not load MongoDB. */
const MIN_PAUSE_MS = 10;

export interface ReplicatedSetOptions<V> {
  /** Returns a number that is different after each change. It must be a cheap query. */
  readVersion: () => Promise<number>;
  readAll: () => Promise<ReadonlyMap<string, V>>;
  /** Interval of reading all values even if the version is the same: a change may be stored and not counted. */
  readAnywayMs: number;
  isSame: (a: V | undefined, b: V | undefined) => boolean;
  /** Called for each key whose value has changed or was removed. Not called for the first copy. */
  onChange: (key: string) => void;
}

/** A copy of all values of a small collection in the memory of this process: a key without a value costs no load. */
export class ReplicatedSet<V> {
  private values: ReadonlyMap<string, V> | undefined;
  private version = -1;
  private readAt = 0;
  private running: Promise<void> | undefined;
  private waiting: Promise<void> | undefined;

  constructor(private readonly options: ReplicatedSetOptions<V>) {}

  /** False until the first copy was read. */
  get isLoaded(): boolean {
    return this.values !== undefined;
  }

  getCached(key: string): V | undefined {
    return this.values?.get(key);
  }

  /**
   * Resolves when everything that was stored before the call is known here. The running read may have begun before a
   * change, so all callers wait for the same next one.
   */
  refresh(): Promise<void> {
    if (this.running === undefined) {
      this.running = this.read().finally(() => (this.running = undefined));
      this.running.catch(() => undefined); // reported to those who wait
      return this.running;
    }
    this.waiting ??= this.afterRunning(this.running).finally(() => (this.waiting = undefined));
    this.waiting.catch(() => undefined);
    return this.waiting;
  }

  private async afterRunning(running: Promise<void>): Promise<void> {
    await running.catch(() => undefined);
    await sleep(MIN_PAUSE_MS, undefined, { ref: false });
    this.waiting = undefined;
    await this.refresh();
  }

  private async read(): Promise<void> {
    const { readVersion, readAll, readAnywayMs } = this.options;
    const version = await readVersion();
    const now = Date.now();
    if (version === this.version && now - this.readAt < readAnywayMs) return;
    const before = this.values;
    const after = await readAll();
    this.values = after;
    this.version = version;
    this.readAt = now;
    if (before !== undefined) this.report(before, after);
  }

  private report(before: ReadonlyMap<string, V>, after: ReadonlyMap<string, V>): void {
    const { isSame, onChange } = this.options;
    for (const key of new Set([...before.keys(), ...after.keys()])) {
      if (!isSame(before.get(key), after.get(key))) onChange(key);
    }
  }
}
