import type { Logger } from 'pino';
import { type OutageLog, outageLog } from '../logging/outage-log.js';
import { isUnavailable } from '../mongo/mongo-errors.js';

interface NamedJob {
  name: string;
  everyMs: number;
}

/**
 * Logs failures of background jobs: one line when a job begins to fail, and one when it works again. Failures because MongoDB
 * is unreachable belong to that outage, and have no lines of their own.
 */
export class JobFailureLog {
  private readonly failing = new Set<string>();
  private readonly outage: OutageLog;

  constructor(private readonly logger: Logger) {
    this.outage = outageLog(logger, 'MongoDB');
  }

  noteFailure({ name, everyMs }: NamedJob, error: unknown): void {
    if (isUnavailable(error)) {
      this.outage.noteFailure(error, { job: name });
      return;
    }
    if (this.failing.has(name)) return;
    this.failing.add(name);
    const fields = { job: name, err: error, retryInSeconds: everyMs / 1_000 };
    this.logger.warn(fields, 'background job failed; it will be tried again until it works');
  }

  noteSuccess({ name }: NamedJob): void {
    if (this.failing.delete(name)) this.logger.info({ job: name }, 'background job works again');
  }

  /** Logs a failure of `atShutdown`. */
  noteShutdownFailure({ name }: NamedJob, error: unknown): void {
    const level = isUnavailable(error) ? 'debug' : 'warn';
    this.logger[level](
      { job: name, err: error },
      'background job failed while the process ends; the next start resumes it',
    );
  }
}
