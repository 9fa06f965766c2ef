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
/** Each export holds a MongoDB cursor and some rows as long as its client reads. */
export const exportsUnderWay = new ConcurrencyLimit(MAX_AT_ONCE, 'exports');

/** Approximate size in characters of the pieces that are sent. */
const PIECE_CHARS = 32_768;

/**
 * Answers with the rows as a CSV file to download. Rows are read at the client's speed, so memory does not grow with their
 * number, and reading ends when the client disconnects. A failure before the first row is a normal error answer. A later
 * one breaks the connection, so that half a file never looks complete.
 * @param name of the file, without date and extension.
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
  // For HEAD, Fastify would read all rows.
  const body = reply.request.method === 'HEAD' ? undefined : await csvStream(columns, limited, { hasMark });
  reply.header('content-type', 'text/csv; charset=utf-8');
  reply.header('content-disposition', `attachment; filename="${name}-${new Date().toISOString().slice(0, 10)}.csv"`);
  reply.header('cache-control', 'no-store');
  return body;
}

const SESSION_COOKIE = /(?:^|;\s*)(?:__Host-)?hopback=/;

/** Whether a person downloads the file. Spreadsheets read text without a byte order mark in an old character set. */
export function isForBrowser(headers: IncomingHttpHeaders): boolean {
  return headers['sec-fetch-dest'] === 'document' || SESSION_COOKIE.test(headers.cookie ?? '');
}

/**
 * The rows as CSV with a header row. The first rows have been read when the promise resolves.
 * @param options hasMark: whether the text begins with a byte order mark.
 */
export async function csvStream<T>(
  columns: readonly CsvColumn<T>[],
  rows: AsyncIterable<T>,
  { hasMark = false }: { hasMark?: boolean } = {},
): Promise<Readable> {
  return startedStream(csvPieces(columns, rows, hasMark ? '\ufeff' : ''));
}

/** The pieces as a stream whose first piece has been read, so that an earlier failure is an error answer. */
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

/** Not a generator: without a first call it would not run its `finally`, and the rows would stay open. */
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
