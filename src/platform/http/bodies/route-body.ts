import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

/** The body formats of a route that takes more than JSON. See body-parser.ts. */
export interface RouteBody {
  /** `bytes`: a body of any content type is given as a `Buffer`, even if it is malformed. */
  any?: 'bytes';
  /** CSV is given as a `Buffer`, or as a stream of any length (see `uploadedFile`). Default: CSV is refused. */
  csv?: 'bytes' | 'stream';
  /** `stream`: JSON of any length, as `uploadedFile`. Default: parsed. */
  json?: 'stream';
}

declare module 'fastify' {
  interface FastifyContextConfig {
    body?: RouteBody;
  }
}

/** Declares the body formats of a route. Use it on the method, not on the class. */
export function TakesBody(body: RouteBody): MethodDecorator {
  return RouteConfig({ body });
}

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;
/** The names that browsers and programs use for CSV; Windows uses `application/vnd.ms-excel`. */
const CSV_TYPE =
  /^(?:text\/(?:x-)?csv|text\/(?:comma|tab)-separated-values|text\/tsv|application\/(?:x-)?csv|application\/vnd\.ms-excel)\s*(?:;|$)/i;

export type BodyFormat = 'csv' | 'json';

/** The format that the content type of a request names; `undefined` for any other one. */
export function formatOf({ headers }: FastifyRequest): BodyFormat | undefined {
  const type = headers['content-type'] ?? '';
  if (JSON_TYPE.test(type)) return 'json';
  return CSV_TYPE.test(type) ? 'csv' : undefined;
}

/** The format of a body that its route takes as a stream; `undefined` for any other body. */
export function streamedFormatOf(request: FastifyRequest): BodyFormat | undefined {
  const format = formatOf(request);
  return format !== undefined && request.routeOptions.config.body?.[format] === 'stream' ? format : undefined;
}
