import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RateLimits } from '../../rate-limit/rate-limits.service.js';
import { isApiDocsRoute } from './openapi.js';
import type { OperatorAccess } from '../operator-access.service.js';
import { ProblemException, toProblem } from '../problems/problem.js';

/**
 * Restricts the description of the API to PUBLIC_URL's host and the operator, and limits its requests by address. On a
 * link domain the answer is 404.
 */
export function guardApiDocs(fastify: FastifyInstance, access: OperatorAccess, limits: RateLimits): void {
  fastify.addHook('onRequest', async (request, reply) => {
    if (!isApiDocsRoute(request.routeOptions.url)) return undefined;
    try {
      if (!access.isOnOwnHost(request) && !access.isOperator(request)) {
        throw new ProblemException('not_found', 'The docs of the API are on the host of PUBLIC_URL.');
      }
      await limits.admitAddress(request.ip, reply);
      return undefined;
    } catch (error) {
      if (!(error instanceof ProblemException)) throw error;
      return sendProblem(error, request, reply);
    }
  });
}

/** These routes are Fastify's own, so Nest's filter does not see their errors. */
function sendProblem(error: ProblemException, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = toProblem(error.code, error.detail, request.id);
  return reply.status(problem.status).headers(error.headers).type('application/problem+json').send(problem);
}
