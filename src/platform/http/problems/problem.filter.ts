import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { LOGGER } from '../../logging/logger.js';
import { explainError } from './explain-error.js';
import { toProblem } from './problem.js';

/** Converts all errors to problem+json. See `explainError`. */
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
    const { code, detail, errors, headers } = explainError(error, requestId, this.logger);
    const problem = toProblem(code, detail, requestId, errors);
    void reply.status(problem.status).headers(headers).type('application/problem+json').send(problem);
  }
}

/** @nestjs/terminus reports a failed check as an exception. Its body names each dependency, and is the answer. */
function failedHealthCheck(error: unknown): object | undefined {
  if (!(error instanceof HttpException) || error.getStatus() !== 503) return undefined;
  const body = error.getResponse();
  return typeof body === 'object' && 'details' in body ? body : undefined;
}
