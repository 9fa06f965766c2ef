import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { encodingOf, saysNothing } from '../../csv/charset.js';
import { pacedUpload } from './paced-upload.js';
import { type FieldProblem, ProblemException } from '../problems/problem.js';
import { type BodyFormat, streamedFormatOf } from './route-body.js';
import type { CsvError } from '../../csv/csv-error.js';

const CHARSET = /;\s*charset\s*=\s*"?([^";\s]+)/i;

export interface UploadedFile {
  format: BodyFormat;
  /** Comes to an end, or is refused for being too slow; see paced-upload.ts. */
  body: AsyncIterable<Buffer>;
  /** What its content type names, as it was sent; `undefined`: nothing that says how to read it. */
  charset: string | undefined;
}

/** The file of a route that takes CSV as a stream. @throws ProblemException when the request has another content type. */
export function uploadedCsv(request: FastifyRequest): UploadedFile {
  const file = uploadedFile(request);
  if (file?.format === 'csv') return file;
  throw new ProblemException('unsupported_media_type', 'Send the file with the header "Content-Type: text/csv".');
}

/** The file that a request holds. @returns `undefined` when its route does not take the content type as a stream. */
export function uploadedFile(request: FastifyRequest): UploadedFile | undefined {
  const format = streamedFormatOf(request);
  if (format === undefined) return undefined;
  // A body of no bytes goes through no parser.
  const body = request.body instanceof Readable ? request.body : Readable.from([]);
  const [, charset] = CHARSET.exec(request.headers['content-type'] ?? '') ?? [];
  const isNamed = charset !== undefined && !saysNothing(charset);
  return { format, body: pacedUpload(body), charset: isNamed ? charset : undefined };
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
