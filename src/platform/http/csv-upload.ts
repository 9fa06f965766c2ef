import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { encodingOf, saysNothing } from '../csv/charset.js';
import { pacedUpload } from './paced-upload.js';
import { type FieldProblem, ProblemException } from './problem.js';
import type { CsvError } from '../csv/csv-error.js';

/** Takes JSON as well. */
const JSON_UPLOAD_ROUTE = '/api/v1/links/import';
/** Take CSV of any length. */
const UPLOAD_ROUTES: ReadonlySet<string | undefined> = new Set(['/api/v1/conversions/import', JSON_UPLOAD_ROUTE]);
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;
/** What browsers and programs call CSV; Windows says `application/vnd.ms-excel`. */
const CSV =
  /^(?:text\/(?:x-)?csv|text\/(?:comma|tab)-separated-values|text\/tsv|application\/(?:x-)?csv|application\/vnd\.ms-excel)\s*(?:;|$)/i;
const CHARSET = /;\s*charset\s*=\s*"?([^";\s]+)/i;
/** What such an upload is called on its way to the parser that leaves it alone; nobody sends it. */
const STREAMED_CSV = 'application/x-hopback-streamed-csv';
const STREAMED_JSON = 'application/x-hopback-streamed-json';

/** The character sets that uploads were sent with; their content type is replaced on the way. */
const charsets = new WeakMap<object, string>();

export interface UploadedFile {
  format: 'csv' | 'json';
  /** Comes to an end, or is refused for being too slow; see paced-upload.ts. */
  body: AsyncIterable<Buffer>;
  /** What its content type names, as it was sent; `undefined`: nothing that says how to read it. */
  charset: string | undefined;
}

/** Gives uploads to their route as a stream: they are larger than what anybody should keep in memory. */
export function registerCsvUpload(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async (request) => {
    const type = request.headers['content-type'] ?? '';
    const isCsv = UPLOAD_ROUTES.has(request.routeOptions.url) && CSV.test(type);
    const isJson = request.routeOptions.url === JSON_UPLOAD_ROUTE && JSON_TYPE.test(type);
    if (!isCsv && !isJson) return;
    const [, charset] = CHARSET.exec(type) ?? [];
    if (charset !== undefined && !saysNothing(charset)) charsets.set(request.raw, charset);
    request.headers['content-type'] = isCsv ? STREAMED_CSV : STREAMED_JSON;
  });
  // Node leaves the rest of a body that was read in part to its reader. Unread, it would keep the next request from being read.
  fastify.addHook('onResponse', async ({ raw }) => {
    if (!raw.complete) raw.resume();
  });
  fastify.addContentTypeParser([STREAMED_CSV, STREAMED_JSON], (request, payload, done) => {
    const isUpload = UPLOAD_ROUTES.has(request.routeOptions.url);
    done(
      isUpload ? null : new ProblemException('unsupported_media_type', 'This content type is not understood.'),
      payload,
    );
  });
}

/** @throws ProblemException when it is no CSV that was sent. */
export function uploadedCsv(request: FastifyRequest): UploadedFile {
  const file = uploadedFile(request);
  if (file?.format === 'csv') return file;
  throw new ProblemException('unsupported_media_type', 'Send the file with the header "Content-Type: text/csv".');
}

/** @returns `undefined` when it is neither CSV nor (where that is taken) JSON. */
export function uploadedFile(request: FastifyRequest): UploadedFile | undefined {
  const type = request.headers['content-type'];
  if (type !== STREAMED_CSV && type !== STREAMED_JSON) return undefined;
  // A body of no bytes goes through no parser.
  const body = request.body instanceof Readable ? request.body : Readable.from([]);
  return {
    format: type === STREAMED_CSV ? 'csv' : 'json',
    body: pacedUpload(body),
    charset: charsets.get(request.raw),
  };
}

/**
 * The encoding that a file is named to be in: the query parameter goes before the content type, which programs fill in by themselves.
 * @param parameter checked by `IsFileCharset`.
 * @throws ProblemException for a content type that names one which cannot be decoded.
 */
export function namedCharset(parameter: string | undefined, { charset }: UploadedFile): string | undefined {
  if (parameter !== undefined) return encodingOf(parameter);
  if (charset === undefined) return undefined;
  const encoding = encodingOf(charset);
  if (encoding !== undefined) return encoding;
  const message = `"${charset.slice(0, 40)}" in the content type is no character set that is known; say another with ?charset=, such as windows-1251`;
  throw ProblemException.invalid({ path: 'charset', code: 'unknown_charset', message });
}

/** How a caller is told what is wrong with a file. @param path what the file is called in errors. */
export function fileProblem(error: CsvError, path: string): FieldProblem {
  const { code, message, choices } = error;
  return { path, code, message, ...(choices && choices.length > 0 && { choices }) };
}
