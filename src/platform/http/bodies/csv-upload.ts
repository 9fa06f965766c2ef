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
  /** The bytes of the file. Reading fails when they arrive too slowly; see paced-upload.ts. */
  body: AsyncIterable<Buffer>;
  /** The character set that the content type names, as sent; `undefined`: none that says how to read the file. */
  charset: string | undefined;
}

/** The file of a route that takes CSV as a stream. @throws ProblemException when the request has another content type. */
export function uploadedCsv(request: FastifyRequest): UploadedFile {
  const file = uploadedFile(request);
  if (file?.format === 'csv') return file;
  throw new ProblemException('unsupported_media_type', 'Send the file with the header "Content-Type: text/csv".');
}

/** The file of a request. @returns `undefined` when its route does not take the content type as a stream. */
export function uploadedFile(request: FastifyRequest): UploadedFile | undefined {
  const format = streamedFormatOf(request);
  if (format === undefined) return undefined;
  // Fastify calls no parser for an empty body.
  const body = request.body instanceof Readable ? request.body : Readable.from([]);
  const [, charset] = CHARSET.exec(request.headers['content-type'] ?? '') ?? [];
  const isNamed = charset !== undefined && !saysNothing(charset);
  return { format, body: pacedUpload(body), charset: isNamed ? charset : undefined };
}

/**
 * The declared encoding of a file. The query parameter takes precedence over the content type, which programs fill in.
 * @param parameter checked by `IsFileCharset`.
 * @throws ProblemException when the content type names a character set that cannot be decoded.
 */
export function namedCharset(parameter: string | undefined, { charset }: UploadedFile): string | undefined {
  if (parameter !== undefined) return encodingOf(parameter);
  if (charset === undefined) return undefined;
  const encoding = encodingOf(charset);
  if (encoding !== undefined) return encoding;
  const message = `"${charset.slice(0, 40)}" in the content type is not a known character set; name another with ?charset=, such as windows-1251`;
  throw ProblemException.invalid({ path: 'charset', code: 'unknown_charset', message });
}

/** The error of a file as a field problem. @param path the name of the file in errors. */
export function fileProblem(error: CsvError, path: string): FieldProblem {
  const { code, message, choices } = error;
  return { path, code, message, ...(choices && choices.length > 0 && { choices }) };
}
