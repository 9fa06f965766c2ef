import { HttpException } from '@nestjs/common';
import type { Logger } from 'pino';
import { limitedLog } from '../../logging/limited-log.js';
import { outageLog } from '../../logging/outage-log.js';
import { isUnavailable } from '../../mongo/mongo-errors.js';
import { codeForStatus, ProblemException } from './problem.js';

const RETRY_AFTER_SECONDS = '5';

/** The answer to an error. Errors that the caller did not cause are logged, and their details are not sent. */
export function explainError(
  error: unknown,
  requestId: string,
  logger: Logger,
): Pick<ProblemException, 'code' | 'detail' | 'errors' | 'headers'> {
  if (error instanceof ProblemException) return error;
  if (isUnavailable(error)) {
    outageLog(logger, 'MongoDB').noteFailure(error, { requestId });
    const detail = 'The database does not answer; try again in a few seconds.';
    return new ProblemException('unavailable', detail, undefined, { 'retry-after': RETRY_AFTER_SECONDS });
  }
  const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown })?.statusCode;
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new ProblemException(codeForStatus(status), (error as Error).message);
  }
  limitedLog(logger).error({ err: error, requestId }, 'unexpected error');
  return new ProblemException('internal_error', `Report this requestId to the operator of this server: ${requestId}.`);
}
