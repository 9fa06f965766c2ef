import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ProblemException } from './problem.js';

/** Takes CSV of any length. */
const UPLOAD_PATH = /^\/api\/v1\/conversions\/import\/?(?:\?|$)/;
const CSV = /^text\/csv\s*(?:;|$)/i;
/** What such an upload is called on its way to the parser that leaves it alone; nobody sends it. */
const STREAMED_CSV = 'application/x-hopback-streamed-csv';

/** Gives uploads to their route as a stream: they are larger than what anybody should keep in memory. */
export function registerCsvUpload(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async (request) => {
    const isUpload = UPLOAD_PATH.test(request.url) && CSV.test(request.headers['content-type'] ?? '');
    if (isUpload) request.headers['content-type'] = STREAMED_CSV;
  });
  fastify.addContentTypeParser(STREAMED_CSV, (request, payload, done) => {
    const isUpload = UPLOAD_PATH.test(request.url);
    done(
      isUpload ? null : new ProblemException('unsupported_media_type', 'This content type is not understood.'),
      payload,
    );
  });
}

/** @throws ProblemException when it is no CSV that was sent. */
export function uploadedCsv(request: FastifyRequest): Readable {
  if (request.body instanceof Readable) return request.body;
  // A body of no bytes goes through no parser.
  if (request.headers['content-type'] === STREAMED_CSV && request.body === undefined) return Readable.from([]);
  throw new ProblemException('unsupported_media_type', 'Send the file with the header "Content-Type: text/csv".');
}
