import { createHash } from 'node:crypto';
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describeErrors } from './openapi-errors.js';
import { ProblemResponse } from '../problems/problem.dto.js';

const DOCUMENT_PATH = '/api/openapi.json';
const DOCS_PATH = '/api/docs';

/** Whether a route serves the description of the API. @param route as the router names it. */
export function isApiDocsRoute(route: string | undefined): boolean {
  return route === DOCUMENT_PATH || (route?.startsWith(DOCS_PATH) ?? false);
}

/** Serves the OpenAPI document at /api/openapi.json and readable docs at /api/docs. */
export function serveOpenApi(app: INestApplication): void {
  // Built once, at the first request: it takes a tenth of a second or more, which would delay the start.
  let document: OpenAPIObject | undefined;
  const describe = (): OpenAPIObject => (document ??= describeApi(app));
  let serialized: { body: Buffer; etag: string } | undefined;
  const serialize = (): { body: Buffer; etag: string } => (serialized ??= toBytes(describe()));

  app.getHttpAdapter().get(DOCUMENT_PATH, (request: FastifyRequest, reply: FastifyReply) => {
    const { body, etag } = serialize();
    void reply.headers({ etag, 'cache-control': 'no-cache' });
    if (request.headers['if-none-match'] === etag) return reply.status(304).send();
    return reply.type('application/json; charset=utf-8').send(body);
  });
  SwaggerModule.setup(DOCS_PATH.slice(1), app, describe, {
    raw: false, // it would serialise the document again for each request
    customSiteTitle: 'Hopback API',
    swaggerOptions: { tagsSorter: 'alpha' },
  });
}

function describeApi(app: INestApplication): OpenAPIObject {
  const info = new DocumentBuilder()
    .setTitle('Hopback')
    .setDescription(
      'Branded short links, their clicks, and the conversions that networks post back. Errors are problem+json (RFC 9457). ' +
        'Members may have restrictions. Where money is hidden from them, amounts are `null`. Links outside their limits are not ' +
        'found. Routes that cannot obey a restriction answer 403.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key.' })
    .addCookieAuth('hopback', { type: 'apiKey', description: SESSION })
    .build();
  const document = SwaggerModule.createDocument(app, info, { extraModels: [ProblemResponse] });
  describeErrors(document);
  acceptSessions(document);
  return document;
}

/** A session works wherever an API key does. Routes for people alone declare the cookie themselves. */
function acceptSessions({ paths }: OpenAPIObject): void {
  const operations = Object.values(paths).flatMap((item) => Object.values(item as Record<string, Operation>));
  for (const operation of operations) {
    const { security = [] } = operation;
    // The routes of a controller share the list, so it is not changed in place.
    if (security.some((requirement) => 'bearer' in requirement)) operation.security = [...security, { cookie: [] }];
  }
}

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const SESSION =
  'The cookie of a session, on the host of PUBLIC_URL. Behind https its name is `__Host-hopback`. A request that changes something needs `Sec-Fetch-Site: same-origin` or the `Origin` of PUBLIC_URL, as browsers send them.';

function toBytes(document: OpenAPIObject): { body: Buffer; etag: string } {
  const body = Buffer.from(JSON.stringify(document));
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` };
}
