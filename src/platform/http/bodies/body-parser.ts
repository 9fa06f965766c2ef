import type { Readable } from 'node:stream';
import { errorCodes, type FastifyInstance, type FastifyRequest } from 'fastify';
import { MAX_DEPTH, shapeOf } from '../validation/nesting.js';
import { ProblemException } from '../problems/problem.js';
import { formatOf, streamedFormatOf } from './route-body.js';

// Bodies of requests. Start here: the one parser. route-body.ts declares the formats of a route; csv-upload.ts and
// paced-upload.ts read long files as a stream.

const MAX_BODY_BYTES = 1024 * 1024;
/**
 * The maximum number of values in a body of the API: ten thousand rows of four values, and some more. A body of 1 MiB
 * could have half a million, and each costs time of the main thread.
 */
const MAX_VALUES = 45_000;

/**
 * One parser for all bodies: JSON, unless the route declares otherwise by `TakesBody`. The matched route decides, not
 * the spelling of its path (`/%61pi/…`).
 */
export function registerBodyParser(fastify: FastifyInstance): void {
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', async (request: FastifyRequest, payload: Readable) => {
    if (streamedFormatOf(request) !== undefined) return payload;
    const bytes = await readBody(request, payload);
    if (bytes.length === 0) return undefined;
    if (takesBytes(request)) return bytes;
    return new Promise((resolve, reject) => {
      void parseJson(request, readableJson(request, bytes), (error, json: unknown) => {
        const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
        if (error) reject(error);
        else if (isObject) resolve(json);
        else reject(new ProblemException('bad_request', 'The body must be a JSON object.'));
      });
    });
  });
  // The unread rest of a body would block the next request of the connection.
  fastify.addHook('onResponse', async ({ raw }) => {
    if (!raw.complete) raw.resume();
  });
}

/** Without a route the answer is 404, and nothing reads the body. */
function takesBytes(request: FastifyRequest): boolean {
  const { url: route, config } = request.routeOptions;
  if (route === undefined || config.body?.any === 'bytes') return true;
  return config.body?.csv === 'bytes' && formatOf(request) === 'csv';
}

/** @throws ProblemException when the body is not JSON, or would be too expensive to parse. */
function readableJson(request: FastifyRequest, bytes: Buffer): string {
  if (formatOf(request) !== 'json') {
    const detail = 'Send JSON with the header "Content-Type: application/json".';
    throw new ProblemException('unsupported_media_type', detail);
  }
  const text = bytes.toString('utf8');
  const { depth, containers, commas } = shapeOf(text);
  if (depth > MAX_DEPTH) throw new ProblemException('bad_request', 'The body is nested too deep.');
  if (containers + commas > MAX_VALUES)
    throw new ProblemException('payload_too_large', 'The body has too many values; send less at once.');
  return text;
}

/**
 * Reads a body like Fastify does for a parser that takes bytes.
 * @throws Error 413 when it is longer than 1 MiB, 400 when the connection ends before the body.
 */
function readBody({ headers }: FastifyRequest, payload: Readable): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const settle = (end: () => void): void => {
      payload.off('data', onData).off('end', onEnd).off('error', onError);
      end();
    };
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      chunks.push(chunk);
      if (length > MAX_BODY_BYTES) settle(() => reject(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE()));
    };
    const onEnd = (): void => settle(() => resolve(Buffer.concat(chunks, length)));
    const onError = (error: Error): void => settle(() => reject(Object.assign(error, { statusCode: 400 })));
    if (Number(headers['content-length']) > MAX_BODY_BYTES) {
      reject(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE());
      return;
    }
    payload.on('data', onData).on('end', onEnd).on('error', onError);
  });
}
