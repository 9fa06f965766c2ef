import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { ConcurrencyLimit } from '../concurrency/concurrency-limit.js';
import { type CsvCell, csvRow } from './csv.js';

/** A column of an export: its name in the header row, and its cell of a row. */
export interface CsvColumn<T> {
  name: string;
  cell: (row: T) => CsvCell;
}

export type YesNo = 'true' | 'false';

const MAX_AT_ONCE = 3;
/** Each holds a cursor of MongoDB and some rows for as long as its client reads. */
export const exportsUnderWay = new ConcurrencyLimit(MAX_AT_ONCE, 'exports');

/** Rows go out in pieces of about this many characters. */
const PIECE_CHARS = 32_768;

/**
 * Answers with the rows as a CSV file to download. They are read as the client takes them, so memory does not grow with their
 * number, and reading ends when the client goes away. What fails before the first row is an error answer as everywhere; what
 * fails later breaks the connection, so that half a file is never taken for a whole one.
 * @param name of the file, without date and ending.
 * @param options bom: whether it begins with a byte order mark. Default: where a browser downloads it.
 * @returns what the handler has to return.
 */
export async function csvDownload<T>(
  reply: FastifyReply,
  name: string,
  columns: readonly CsvColumn<T>[],
  rows: AsyncIterable<T>,
  { bom }: { bom?: YesNo | undefined } = {},
): Promise<Readable | undefined> {
  const hasMark = bom === undefined ? isForBrowser(reply.request.headers) : bom === 'true';
  const { user } = reply.request as FastifyReply['request'] & { user?: { workspaceId: string } };
  const limited = exportsUnderWay.rows(user?.workspaceId ?? '', rows);
  // Of HEAD Fastify would read the rows to their end.
  const body = reply.request.method === 'HEAD' ? undefined : await csvStream(columns, limited, { hasMark });
  reply.header('content-type', 'text/csv; charset=utf-8');
  reply.header('content-disposition', `attachment; filename="${name}-${new Date().toISOString().slice(0, 10)}.csv"`);
  reply.header('cache-control', 'no-store');
  return body;
}

const SESSION_COOKIE = /(?:^|;\s*)(?:__Host-)?hopback=/;

/** A person opens the file in a spreadsheet, which takes text without a byte order mark for its own old character set. */
export function isForBrowser(headers: IncomingHttpHeaders): boolean {
  return headers['sec-fetch-dest'] === 'document' || SESSION_COOKIE.test(headers.cookie ?? '');
}

/**
 * The rows as CSV with a header row. When it is there, the first rows have been read.
 * @param options hasMark: whether the text begins with a byte order mark.
 */
export async function csvStream<T>(
  columns: readonly CsvColumn<T>[],
  rows: AsyncIterable<T>,
  { hasMark = false }: { hasMark?: boolean } = {},
): Promise<Readable> {
  return startedStream(csvPieces(columns, rows, hasMark ? '\ufeff' : ''));
}

/** The pieces as a stream whose first piece has been read: what fails before that is an error answer. */
export async function startedStream(pieces: AsyncGenerator<string>): Promise<Readable> {
  return Readable.from(beginningWith(await pieces.next(), pieces));
}

async function* csvPieces<T>(
  columns: readonly CsvColumn<T>[],
  rows: AsyncIterable<T>,
  start: string,
): AsyncGenerator<string> {
  let piece = start + csvRow(columns.map(({ name }) => name));
  for await (const row of rows) {
    piece += csvRow(columns.map(({ cell }) => cell(row)));
    if (piece.length < PIECE_CHARS) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

/** Not a generator: one that was never started does not run its `finally`, and the rows would stay open. */
function beginningWith<T>(first: IteratorResult<T>, rest: AsyncGenerator<T>): AsyncIterableIterator<T> {
  let waiting: IteratorResult<T> | undefined = first;
  return {
    async next() {
      const result = waiting ?? (await rest.next());
      waiting = undefined;
      return result;
    },
    return: () => rest.return(undefined),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
