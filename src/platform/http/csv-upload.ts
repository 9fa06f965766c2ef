import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ProblemException } from './problem.js';

/** Takes CSV of any length. */
const UPLOAD_PATH = /^\/api\/v1\/(?:conversions|links)\/import\/?(?:\?|$)/;
/** Takes JSON as well. */
const JSON_UPLOAD_PATH = /^\/api\/v1\/links\/import\/?(?:\?|$)/;
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;
const CSV = /^text\/csv\s*(?:;|$)/i;
/** What such an upload is called on its way to the parser that leaves it alone; nobody sends it. */
const STREAMED_CSV = 'application/x-hopback-streamed-csv';
const STREAMED_JSON = 'application/x-hopback-streamed-json';

/** Gives uploads to their route as a stream: they are larger than what anybody should keep in memory. */
export function registerCsvUpload(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async (request) => {
    const type = request.headers['content-type'] ?? '';
    if (UPLOAD_PATH.test(request.url) && CSV.test(type)) request.headers['content-type'] = STREAMED_CSV;
    if (JSON_UPLOAD_PATH.test(request.url) && JSON_TYPE.test(type)) request.headers['content-type'] = STREAMED_JSON;
  });
  fastify.addContentTypeParser([STREAMED_CSV, STREAMED_JSON], (request, payload, done) => {
    const isUpload = UPLOAD_PATH.test(request.url);
    done(
      isUpload ? null : new ProblemException('unsupported_media_type', 'This content type is not understood.'),
      payload,
    );
  });
}

/** @throws ProblemException when it is no CSV that was sent. */
export function uploadedCsv(request: FastifyRequest): Readable {
  const file = uploadedFile(request);
  if (file?.format === 'csv') return file.body;
  throw new ProblemException('unsupported_media_type', 'Send the file with the header "Content-Type: text/csv".');
}

/** @returns `undefined` when it is neither CSV nor (where that is taken) JSON. */
export function uploadedFile(request: FastifyRequest): { format: 'csv' | 'json'; body: Readable } | undefined {
  const type = request.headers['content-type'];
  if (type !== STREAMED_CSV && type !== STREAMED_JSON) return undefined;
  // A body of no bytes goes through no parser.
  const body = request.body instanceof Readable ? request.body : Readable.from([]);
  return { format: type === STREAMED_CSV ? 'csv' : 'json', body };
}
