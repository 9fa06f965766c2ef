import { setTimeout as sleep } from 'node:timers/promises';

const SHUTDOWN_PATIENCE_MS = 3_000;
/** A lease is extended when this part of it has passed. */
const EXTEND_AFTER = 1 / 4;

/** One run of a job. */
export interface JobRun {
  /** Aborted when the process ends. */
  readonly signal: AbortSignal;
  /** Whether the run has to end. */
  readonly isEnding: boolean;
  /** Whether the run may continue; extends the lease when that is due. False when the process ends or lost the lease. */
  canContinue(): Promise<boolean>;
}

export interface JobOptions {
  /** In kebab-case, unique in the process. The same name in each process. */
  name: string;
  /** Time from one run to the next. A run that takes longer delays the next one. */
  everyMs: number;
  /** With it, one process at a time runs the job. Longer than a run takes between two calls of `canContinue`. */
  leaseMs?: number;
  /** False for a job that also runs while MongoDB is unreachable. Default: true. */
  needsMongo?: boolean;
  /** Must be safe to repeat: a killed process leaves its work unfinished, and a failed run is retried. */
  run: (run: JobRun) => Promise<void>;
  /** The last work of the job, when the process ends and no run is under way. */
  atShutdown?: () => Promise<void>;
  /** How long the end of the process waits for a run and `atShutdown`. Default: 3 seconds. */
  shutdownPatienceMs?: number;
}

/** The services that a job gets from its runner. */
export interface JobHost {
  /** Whether a run makes sense now. */
  canRun(options: JobOptions): boolean;
  /** Takes the lease, or sets its remaining time to `ms`. @returns false while another process holds it. */
  acquireLease(name: string, ms: number): Promise<boolean>;
  releaseLease(name: string): Promise<void>;
  onSuccess(options: JobOptions, ms: number): void;
  onFailure(options: JobOptions, ms: number, error: unknown): void;
}

/** Runs one job again and again, never twice at once in this process, until it is stopped. */
export class BackgroundJob {
  lastSuccessAt: Date | undefined;
  /** The error of the last run, if that failed. */
  lastError: unknown;
  private readonly ending = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private underWay: Promise<unknown> | undefined;
  private isWoken = false;
  private stopping: Promise<void> | undefined;

  constructor(
    readonly options: JobOptions,
    private readonly host: JobHost,
  ) {}

  get isRunning(): boolean {
    return this.underWay !== undefined;
  }

  start(): void {
    if (this.ending.signal.aborted) return;
    this.timer = setInterval(() => this.begin(), this.options.everyMs);
    this.timer.unref();
    if (this.isWoken) this.begin();
  }

  /** Runs the job without waiting for its time, or once more when it is running. */
  wake(): void {
    this.isWoken = true;
    if (this.timer !== undefined) this.begin();
  }

  /**
   * Runs the job once, after the run in progress, and resolves when it has ended.
   * @throws what the job throws.
   */
  async runNow(): Promise<void> {
    while (this.underWay !== undefined) await this.underWay;
    if (this.ending.signal.aborted) return;
    const failure = await this.launch();
    if (failure !== undefined) throw failure;
  }

  /**
   * Ends the job permanently, with `atShutdown` as its last work. Stops waiting after `shutdownPatienceMs`, because MongoDB
   * may be unreachable; the next process resumes unfinished work.
   */
  stop(): Promise<void> {
    return (this.stopping ??= this.end());
  }

  private async end(): Promise<void> {
    this.ending.abort();
    clearInterval(this.timer);
    const { atShutdown, shutdownPatienceMs = SHUTDOWN_PATIENCE_MS } = this.options;
    const ended = Promise.resolve(this.underWay)
      .then(() => atShutdown?.())
      .catch((error: unknown) => this.host.onFailure(this.options, 0, error));
    await Promise.race([ended, sleep(shutdownPatienceMs, undefined, { ref: false })]);
  }

  private begin(): void {
    if (this.underWay !== undefined || this.ending.signal.aborted || !this.host.canRun(this.options)) return;
    void this.launch();
  }

  /** @returns the error of a run that failed. */
  private launch(): Promise<unknown> {
    this.isWoken = false;
    const run = this.runOnce().finally(() => {
      this.underWay = undefined;
      if (this.isWoken) this.begin();
    });
    this.underWay = run;
    return run;
  }

  private async runOnce(): Promise<unknown> {
    const begin = performance.now();
    try {
      if (!(await this.runWithLease())) return undefined;
      this.lastSuccessAt = new Date();
      this.lastError = undefined;
      this.host.onSuccess(this.options, performance.now() - begin);
      return undefined;
    } catch (error) {
      this.lastError = error;
      this.host.onFailure(this.options, performance.now() - begin, error);
      return error ?? new Error('the job failed without an error');
    }
  }

  /** @returns false when another process runs the job. */
  private async runWithLease(): Promise<boolean> {
    const { name, everyMs, leaseMs, run } = this.options;
    if (leaseMs === undefined) {
      await run(this.newRun());
      return true;
    }
    if (!(await this.host.acquireLease(name, leaseMs))) return false;
    let isDone = false;
    try {
      await run(this.newRun(leaseMs));
      isDone = !this.ending.signal.aborted;
    } finally {
      // Kept for half a period after a complete run: else each process would run it once a period.
      const end = isDone ? this.host.acquireLease(name, everyMs / 2) : this.host.releaseLease(name);
      await end.catch(() => undefined); // the lease expires by itself
    }
    return true;
  }

  private newRun(leaseMs?: number): JobRun {
    const { signal } = this.ending;
    let extendedAt = performance.now();
    return {
      signal,
      get isEnding() {
        return signal.aborted;
      },
      canContinue: async () => {
        if (signal.aborted) return false;
        if (leaseMs === undefined || performance.now() - extendedAt < leaseMs * EXTEND_AFTER) return true;
        extendedAt = performance.now();
        return this.host.acquireLease(this.options.name, leaseMs);
      },
    };
  }
}
