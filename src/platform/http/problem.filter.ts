import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { LOGGER } from '../logging/logger.js';
import { isUnavailable } from '../mongo/mongo-errors.js';
import { codeForStatus, ProblemException, toProblem } from './problem.js';

const RETRY_AFTER_SECONDS = '5';

/** Turns whatever was thrown into problem+json. What the caller did not cause is logged, and not explained to them. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const requestId = String(request.id);

    const healthReport = failedHealthCheck(error);
    if (healthReport) {
      void reply.status(503).send(healthReport);
      return;
    }
    const { code, detail, errors, headers } = this.explain(error, requestId);
    const problem = toProblem(code, detail, requestId, errors);
    void reply.status(problem.status).headers(headers).type('application/problem+json').send(problem);
  }

  private explain(error: unknown, requestId: string): Pick<ProblemException, 'code' | 'detail' | 'errors' | 'headers'> {
    if (error instanceof ProblemException) return error;
    if (isUnavailable(error)) {
      this.logger.error({ err: error, requestId }, 'MongoDB did not answer');
      return new ProblemException(
        'unavailable',
        'The database does not answer; try again in a few seconds.',
        undefined,
        {
          'retry-after': RETRY_AFTER_SECONDS,
        },
      );
    }
    const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown })?.statusCode;
    if (typeof status === 'number' && status >= 400 && status < 500) {
      return new ProblemException(codeForStatus(status), (error as Error).message);
    }
    this.logger.error({ err: error, requestId }, 'unexpected error');
    return new ProblemException('internal_error', `Tell whoever runs this server the requestId: ${requestId}.`);
  }
}

/** @nestjs/terminus reports a failed check as an exception whose body names each dependency: that is the answer. */
function failedHealthCheck(error: unknown): object | undefined {
  if (!(error instanceof HttpException) || error.getStatus() !== 503) return undefined;
  const body = error.getResponse();
  return typeof body === 'object' && 'details' in body ? body : undefined;
}
