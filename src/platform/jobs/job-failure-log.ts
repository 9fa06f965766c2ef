import type { Logger } from 'pino';
import { isUnavailable } from '../mongo/mongo-errors.js';

interface NamedJob {
  name: string;
  everyMs: number;
}

/**
 * Logs failures of background jobs: one line when a job begins to fail, and one when it works again. Jobs that fail
 * because MongoDB is unreachable share these two lines.
 */
export class JobFailureLog {
  private readonly failing = new Set<string>();
  private readonly withoutMongo = new Set<string>();

  constructor(private readonly logger: Pick<Logger, 'warn' | 'info' | 'debug'>) {}

  noteFailure({ name, everyMs }: NamedJob, error: unknown): void {
    if (isUnavailable(error)) {
      this.noteOutage(name, error);
      return;
    }
    if (this.failing.has(name)) return;
    this.failing.add(name);
    const fields = { job: name, err: error, retryInSeconds: everyMs / 1_000 };
    this.logger.warn(fields, 'background job failed; it will be tried again until it works');
  }

  noteSuccess({ name }: NamedJob): void {
    if (this.failing.delete(name)) this.logger.info({ job: name }, 'background job works again');
    if (this.withoutMongo.delete(name) && this.withoutMongo.size === 0) {
      this.logger.info('MongoDB answers again; background jobs run');
    }
  }

  /** Logs a failure of `atShutdown`. */
  noteShutdownFailure({ name }: NamedJob, error: unknown): void {
    const level = isUnavailable(error) ? 'debug' : 'warn';
    this.logger[level](
      { job: name, err: error },
      'background job failed while the process ends; the next start resumes it',
    );
  }

  private noteOutage(name: string, error: unknown): void {
    const isFirst = this.withoutMongo.size === 0;
    this.withoutMongo.add(name);
    if (isFirst) this.logger.warn({ job: name, err: error }, 'MongoDB is away; background jobs resume when it answers');
  }
}
