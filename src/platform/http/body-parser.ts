import type { FastifyInstance } from 'fastify';
import { MAX_DEPTH, shapeOf } from './nesting.js';
import { ProblemException } from './problem.js';

const MAX_BODY_BYTES = 1024 * 1024;
/**
 * The values that a body of the API may have: ten thousand exchange rates have 40,000 by this count. A body of 1 MiB could have half a
 * million, and each costs the main thread some time.
 */
const MAX_VALUES = 45_000;
/** Of these the body is given as bytes, whatever it is called: even one that can not be read belongs into a postback's log. */
const RAW_ROUTES = ['/postback/', '/api/v1/track', '/_/'];
/** Takes CSV too, as bytes. */
const CSV_ROUTE = '/api/v1/exchange-rates';

/**
 * JSON for the API, but for those routes that read their bodies themselves. What counts is the route that was found, and not
 * how its path was written: `/%70ostback/KEY` is a postback too.
 */
export function registerBodyParser(fastify: FastifyInstance): void {
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES }, (request, body: Buffer, done) => {
    const { url: route } = request.routeOptions;
    if (isRaw(route) || body.length === 0) {
      done(null, body.length === 0 ? undefined : body);
      return;
    }
    const contentType = request.headers['content-type'] ?? '';
    if (route === CSV_ROUTE && /^text\/csv\s*(?:;|$)/i.test(contentType)) {
      done(null, body);
      return;
    }
    if (!/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(contentType)) {
      done(
        new ProblemException('unsupported_media_type', 'Send JSON with the header "Content-Type: application/json".'),
      );
      return;
    }
    const text = body.toString('utf8');
    const { depth, containers, commas } = shapeOf(text);
    if (depth > MAX_DEPTH) {
      done(new ProblemException('bad_request', 'The body is nested too deep.'));
      return;
    }
    if (containers + commas > MAX_VALUES) {
      done(new ProblemException('payload_too_large', 'The body has too many values; send less at once.'));
      return;
    }
    void parseJson(request, text, (error, json: unknown) => {
      const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
      done(error ?? (isObject ? null : new ProblemException('bad_request', 'The body must be a JSON object.')), json);
    });
  });
}

/** Where there is no route, nothing reads the body, and the answer is 404 whatever it is. */
function isRaw(route: string | undefined): boolean {
  return route === undefined || RAW_ROUTES.some((path) => route.startsWith(path));
}
