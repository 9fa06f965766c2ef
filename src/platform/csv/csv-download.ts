import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { type CsvCell, csvRow } from './csv.js';

/** A column of an export: its name in the header row, and its cell of a row. */
export interface CsvColumn<T> {
  name: string;
  cell: (row: T) => CsvCell;
}

/** Rows go out in pieces of about this many characters. */
const PIECE_CHARS = 32_768;

/**
 * Answers with the rows as a CSV file to download. They are read as the client takes them, so memory does not grow with their
 * number, and reading ends when the client goes away. What fails before the first row is an error answer as everywhere; what
 * fails later breaks the connection, so that half a file is never taken for a whole one.
 * @param name of the file, without date and ending.
 * @returns what the handler has to return.
 */
export async function csvDownload<T>(
  reply: FastifyReply,
  name: string,
  columns: readonly CsvColumn<T>[],
  rows: AsyncIterable<T>,
): Promise<Readable | undefined> {
  // Of HEAD Fastify would read the rows to their end.
  const body = reply.request.method === 'HEAD' ? undefined : await csvStream(columns, rows);
  reply.header('content-type', 'text/csv; charset=utf-8');
  reply.header('content-disposition', `attachment; filename="${name}-${new Date().toISOString().slice(0, 10)}.csv"`);
  reply.header('cache-control', 'no-store');
  return body;
}

/** The rows as CSV with a header row. When it is there, the first rows have been read. */
export async function csvStream<T>(columns: readonly CsvColumn<T>[], rows: AsyncIterable<T>): Promise<Readable> {
  const pieces = csvPieces(columns, rows);
  return Readable.from(beginningWith(await pieces.next(), pieces));
}

async function* csvPieces<T>(columns: readonly CsvColumn<T>[], rows: AsyncIterable<T>): AsyncGenerator<string> {
  let piece = csvRow(columns.map(({ name }) => name));
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
