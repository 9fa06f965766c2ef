import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';

/** Between two lines of one kind, in milliseconds. */
const PAUSE_MS = 1_000;
/** Kinds are messages of ours and the places in the code that an error came from. */
const MAX_KINDS = 500;
const MAX_TEXT = 190;

interface Kind {
  quietUntil: number;
  suppressed: number;
}

/**
 * Writes what a stranger can cause with each request: one line a second of each kind, with texts that are cut. The next line
 * of the kind says how many were left out (`suppressed`).
 */
export class LimitedLog {
  private readonly kinds = new LRUCache<string, Kind>({ max: MAX_KINDS });

  /** @param now milliseconds of a clock that does not jump. */
  constructor(
    private readonly logger: Logger,
    private readonly now: () => number = () => performance.now(),
  ) {}

  error(fields: Readonly<Record<string, unknown>>, message: string): void {
    this.write('error', fields, message);
  }

  warn(fields: Readonly<Record<string, unknown>>, message: string): void {
    this.write('warn', fields, message);
  }

  private write(level: 'error' | 'warn', fields: Readonly<Record<string, unknown>>, message: string): void {
    const name = `${message} ${placeOf(fields['err'])}`;
    const kind = this.kinds.get(name);
    const now = this.now();
    if (kind !== undefined && now < kind.quietUntil) {
      kind.suppressed++;
      return;
    }
    const suppressed = kind?.suppressed ?? 0;
    this.kinds.set(name, { quietUntil: now + PAUSE_MS, suppressed: 0 });
    const short = Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, shortened(value)]));
    this.logger[level]({ ...short, ...(suppressed > 0 && { suppressed }) }, message);
  }
}

const logs = new WeakMap<Logger, LimitedLog>();

/** The one of a logger: all that write to it share the limit. */
export function limitedLog(logger: Logger): LimitedLog {
  let log = logs.get(logger);
  if (log === undefined) {
    log = new LimitedLog(logger);
    logs.set(logger, log);
  }
  return log;
}

function shortened(value: unknown): unknown {
  return typeof value === 'string' && value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value;
}

/** Where an error was made; its message may be of any text. */
function placeOf(error: unknown): string {
  const stack = error instanceof Error ? error.stack : undefined;
  return /^ {4}at .*$/m.exec(stack ?? '')?.[0] ?? '';
}
