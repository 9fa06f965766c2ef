import type { Logger } from 'pino';

/** An outage ends when there was no failure for this long: a store that comes and goes has one outage, not many. */
const QUIET_MS = 2_000;
const MAX_REASON_CHARS = 300;

/** The two lines of an outage. */
export interface OutageTexts {
  begins: string;
  ends: string;
}

const STORES = {
  MongoDB: {
    begins: 'MongoDB does not answer; known links redirect, background jobs wait, other requests are answered 503',
    ends: 'MongoDB answers again',
  },
  Redis: {
    begins: 'Redis does not answer; continuing without it, MongoDB is asked instead',
    ends: 'Redis answers again',
  },
} as const satisfies Record<string, OutageTexts>;

/**
 * Logs an outage with one line when it begins and one when it ends, however many requests, jobs and retries fail meanwhile.
 * Each failure is a line at debug, with its stack.
 */
export class OutageLog {
  private beganAt: number | undefined;
  private failedAt = 0;

  /**
   * @param now milliseconds of a clock that does not jump.
   * @param quietMs how long nothing may have failed when the outage ends.
   */
  constructor(
    private readonly logger: Pick<Logger, 'error' | 'info' | 'debug'>,
    private readonly texts: OutageTexts,
    private readonly now: () => number = () => performance.now(),
    private readonly quietMs = QUIET_MS,
  ) {}

  /** Something failed because of the outage. */
  noteFailure(error: unknown, fields: Readonly<Record<string, unknown>> = {}): void {
    this.failedAt = this.now();
    if (this.beganAt === undefined) {
      this.beganAt = this.failedAt;
      this.logger.error({ ...fields, reason: reasonOf(error) }, this.texts.begins);
    }
    this.logger.debug({ ...fields, err: error }, 'failed during an outage');
  }

  /** Something worked that fails during an outage. Called often. */
  noteSuccess(): void {
    if (this.beganAt === undefined) return;
    const now = this.now();
    if (now - this.failedAt < this.quietMs) return;
    this.logger.info({ seconds: Math.round((now - this.beganAt) / 1_000) }, this.texts.ends);
    this.beganAt = undefined;
  }
}

const logs = new WeakMap<Logger, Partial<Record<keyof typeof STORES, OutageLog>>>();

/** The one of a store and a logger: all parts of a process share its two lines. */
export function outageLog(logger: Logger, store: keyof typeof STORES): OutageLog {
  const ofLogger = logs.get(logger) ?? {};
  logs.set(logger, ofLogger);
  return (ofLogger[store] ??= new OutageLog(logger, STORES[store]));
}

function reasonOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n', 1);
  return line.slice(0, MAX_REASON_CHARS);
}
