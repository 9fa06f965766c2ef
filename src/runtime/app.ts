import type { Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ClickRecorder } from '../clicks/click-recorder.service.js';
import { registerBodyParser } from '../platform/http/bodies/body-parser.js';
import { clientAddress, trustedProxies } from '../platform/http/requests/client-address.js';
import { guardApiDocs } from '../platform/http/openapi/api-docs-access.js';
import { serveOpenApi } from '../platform/http/openapi/openapi.js';
import { OperatorAccess } from '../platform/http/operator-access.service.js';
import { codeForStatus, toProblem } from '../platform/http/problems/problem.js';
import { ProblemFilter } from '../platform/http/problems/problem.filter.js';
import { requestIdOf } from '../platform/http/requests/request-id.js';
import { registerSecurityHeaders } from '../platform/http/security-headers.js';
import { createValidationPipe } from '../platform/http/validation/validation.js';
import { nestLogger } from '../platform/logging/logger.js';
import { Metrics } from '../platform/metrics/metrics.js';
import type { PlatformOptions } from '../platform/platform.module.js';
import { Ports } from '../platform/ports/ports.service.js';
import { RateLimits } from '../platform/rate-limit/rate-limits.service.js';
import type { EdgeServer } from '../edge/edge-server.js';
import { toUsualPixelUrl } from '../postbacks/pixel/pixel-target.js';
import { PostbackEndpoint } from '../postbacks/receive/postback-endpoint.service.js';
import { isNetworkTarget } from '../postbacks/rules/reading/network-target.js';
import { PostbackSpool } from '../postbacks/spool/postback-spool.service.js';
import { EventStreams } from '../reports/live/event-streams.service.js';
import { Redirector } from '../redirect/redirector.service.js';
import { PORT_PROVIDERS } from './port-providers.js';

/** The application as it runs in production and in tests. It answers requests after `answerOn`. */
export async function createApp(options: PlatformOptions, edge: EdgeServer): Promise<NestFastifyApplication> {
  const { settings, logger } = options;
  const adapter = new FastifyAdapter({
    serverFactory: (): Server => edge.server,
    genReqId: requestIdOf,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 256 },
    frameworkErrors: sendFrameworkError,
    clientErrorHandler: (error, socket) => edge.onClientError(error, socket),
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(options), adapter, {
    bodyParser: false,
    logger: nestLogger(logger),
    abortOnError: false,
  });
  app.get(Ports).check(PORT_PROVIDERS);
  const fastify = adapter.getInstance();
  registerBodyParser(fastify);
  registerSecurityHeaders(fastify);
  const isTrustedProxy = trustedProxies(settings.trustedProxies);
  fastify.addHook('onRequest', async (request) => {
    // Fastify's trustProxy takes any text and other headers as well. The address is read as for short links.
    const { socket, headers } = request.raw;
    const ip = clientAddress(socket.remoteAddress, headers['x-forwarded-for'], isTrustedProxy);
    Object.defineProperty(request, 'ip', { value: ip });
  });
  fastify.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  guardApiDocs(fastify, app.get(OperatorAccess), app.get(RateLimits));
  const metrics = app.get(Metrics);
  fastify.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.httpDuration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    logger.debug(
      { requestId: request.id, method: request.method, route, status: reply.statusCode, ms: reply.elapsedTime },
      'request',
    );
  });
  app.useGlobalFilters(new ProblemFilter(logger));
  app.useGlobalPipes(createValidationPipe());
  serveOpenApi(app);
  await app.init();
  await fastify.ready();
  return app;
}

/** Lets the application answer requests; its clicks and postbacks go to the spools of `worker` (0 for the first). */
export function answerOn(edge: EdgeServer, app: NestFastifyApplication, worker: number): void {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const redirector = app.get(Redirector);
  const postbacks = app.get(PostbackEndpoint);
  app.get(ClickRecorder).open(worker);
  app.get(PostbackSpool).open(worker);
  const streams = app.get(EventStreams);
  edge.beforeClosing(() => streams.endAll());
  edge.serve({
    handle: (request, reply) =>
      (!isNetworkTarget(request.url) && redirector.handle(request, reply)) || postbacks.handle(request, reply),
    fallback: (request, response) => {
      toUsualPixelUrl(request);
      fastify.routing(request, response);
    },
    // A network is identified by its key, so no conversion is refused for a wrong `Host`.
    needsHost: (url) => !isNetworkTarget(url),
    onUnreadable: (request) => postbacks.noteUnreadable(request),
  });
}

/** Answers errors of Fastify from before any route is known, such as a path with broken percent-encoding. */
function sendFrameworkError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const code = codeForStatus(error.statusCode ?? 400);
  const problem = toProblem(code, error.message, String(request.id));
  void reply.status(problem.status).header('x-request-id', request.id).type('application/problem+json').send(problem);
}
