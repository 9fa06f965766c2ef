import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { registerBodyParser } from './platform/http/body-parser.js';
import { trustedProxies } from './platform/http/client-address.js';
import { serveOpenApi } from './platform/http/openapi.js';
import { codeForStatus, toProblem } from './platform/http/problem.js';
import { ProblemFilter } from './platform/http/problem.filter.js';
import { requestIdOf } from './platform/http/request-id.js';
import { createValidationPipe } from './platform/http/validation.js';
import { nestLogger } from './platform/logging/logger.js';
import { Metrics } from './platform/metrics/metrics.js';
import type { PlatformOptions } from './platform/platform.module.js';
import { RedirectHandler } from './redirect/redirect.handler.js';

// Longer than proxies keep an idle connection, so that it is they who close it: a request that meets our closing is lost.
const SERVER_OPTIONS = { keepAliveTimeout: 75_000, headersTimeout: 80_000 };
const DRAIN_MS = 5_000;

type FirstLook = (request: IncomingMessage, response: ServerResponse) => boolean;

/** The application as it runs in production and in tests, ready to listen. */
export async function createApp(options: PlatformOptions): Promise<NestFastifyApplication> {
  const { settings, logger } = options;
  // The listener is made before Nest has made the handler that is to look first.
  let answersShortLink: FirstLook = () => false;
  const adapter = new FastifyAdapter({
    serverFactory: (handler: (request: IncomingMessage, response: ServerResponse) => void): Server =>
      createServer(SERVER_OPTIONS, (request, response) => {
        if (!answersShortLink(request, response)) handler(request, response);
      }),
    genReqId: requestIdOf,
    trustProxy: trustedProxies(settings.trustedProxies),
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 256 },
    frameworkErrors: sendFrameworkError,
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(options), adapter, {
    bodyParser: false,
    logger: nestLogger(logger),
    abortOnError: false,
  });
  const fastify = adapter.getInstance();
  registerBodyParser(fastify);
  fastify.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
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
  const redirects = app.get(RedirectHandler);
  answersShortLink = (request, response) => redirects.handle(request, response);
  return app;
}

/**
 * Stops taking requests and waits for those under way, then ends the application. The order matters: what is answered last
 * must still find spool, databases and Redis.
 */
export async function closeApp(app: NestFastifyApplication): Promise<void> {
  const server = app.getHttpServer() as Server;
  if (server.listening) {
    // A browser may hold a connection open on which it has not asked anything yet: that is not worth waiting for.
    const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
    });
    clearTimeout(timer);
  }
  await app.close();
}

/** What Fastify refuses before any route is known, such as a path with broken percent-encoding. */
function sendFrameworkError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const code = codeForStatus(error.statusCode ?? 400);
  const problem = toProblem(code, error.message, String(request.id));
  void reply.status(problem.status).header('x-request-id', request.id).type('application/problem+json').send(problem);
}
