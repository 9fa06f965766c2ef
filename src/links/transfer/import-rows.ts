import { CsvError } from '../../platform/csv/csv-error.js';
import { CsvReader } from '../../platform/csv/csv-reader.js';
import { plainName } from './import-sources.js';

export const MAX_ROWS = 10_000;
const MAX_CHARS = 32 * 1024 * 1024;

/** A row of a file, whatever its format. */
export interface ImportRow {
  /** Where it stands in the file: a line, or from 1 its place in the list. */
  line: number;
  /** By plain column name; see `plainName`. */
  values: ReadonlyMap<string, string>;
  /** What is no text, by plain name: lists, objects and nulls of a JSON file. */
  parts: ReadonlyMap<string, unknown>;
}

/** A file that can not be read at all; nothing of it was imported. */
export class ImportFileError extends Error {
  constructor(
    readonly code: 'malformed_file' | 'too_many_rows' | 'too_long' | 'no_rows',
    message: string,
  ) {
    super(message);
    this.name = 'ImportFileError';
  }
}

/** All rows of a CSV file, as long as there are no more than allowed. */
export async function readCsvRows(chunks: AsyncIterable<unknown>): Promise<{ columns: string[]; rows: ImportRow[] }> {
  const reader = new CsvReader();
  let columns: string[] | undefined;
  const rows: ImportRow[] = [];
  const take = (records: { line: number; fields: string[] }[]): void => {
    for (const { line, fields } of records) {
      if (columns === undefined) columns = fields;
      else rows.push(fromFields(line, columns, fields));
      if (rows.length > MAX_ROWS) throw tooMany();
    }
  };
  try {
    for await (const chunk of limited(chunks)) take(reader.push(chunk));
    take(reader.end());
  } catch (error) {
    if (error instanceof CsvError) throw new ImportFileError('malformed_file', error.message);
    throw error;
  }
  if (columns === undefined)
    throw new ImportFileError('no_rows', 'the file is empty: it begins with a row of column names');
  return { columns, rows };
}

/** All rows of a JSON file: a list, or an object that has one, as the products' APIs and exports do. */
export async function readJsonRows(chunks: AsyncIterable<unknown>): Promise<{ columns: string[]; rows: ImportRow[] }> {
  const pieces: Uint8Array[] = [];
  for await (const chunk of limited(chunks)) pieces.push(chunk);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces)));
  } catch {
    throw new ImportFileError('malformed_file', 'the file is no JSON in UTF-8');
  }
  const list = listIn(json);
  if (list === undefined) throw new ImportFileError('no_rows', 'there is no list of links in this JSON');
  if (list.length > MAX_ROWS) throw tooMany();
  const rows = list.map((item, i) => fromObject(i + 1, item));
  const columns = new Set(list.slice(0, 100).flatMap((item) => Object.keys(item ?? {})));
  return { columns: [...columns], rows };
}

function tooMany(): ImportFileError {
  return new ImportFileError('too_many_rows', `a file has at most ${MAX_ROWS} rows; cut it and import the parts`);
}

async function* limited(chunks: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array);
    length += bytes.length;
    if (length > MAX_CHARS) throw new ImportFileError('too_long', 'a file has at most 32 MiB');
    yield bytes;
  }
}

function fromFields(line: number, columns: readonly string[], fields: readonly string[]): ImportRow {
  const values = new Map<string, string>();
  columns.forEach((column, i) => {
    const text = (fields[i] ?? '').trim();
    if (text !== '' && !values.has(plainName(column))) values.set(plainName(column), text);
  });
  return { line, values, parts: new Map() };
}

/** Objects within become columns of their own: `meta.validUntil` is `metavaliduntil`. */
function fromObject(line: number, item: unknown): ImportRow {
  const values = new Map<string, string>();
  const parts = new Map<string, unknown>();
  const take = (prefix: string, object: object, depth: number): void => {
    for (const [key, value] of Object.entries(object) as [string, unknown][]) {
      const name = prefix + plainName(key);
      if (typeof value === 'object' && value !== null) {
        parts.set(name, value);
        if (!Array.isArray(value) && depth < 2) take(name, value, depth + 1);
      } else if (value === null) parts.set(name, null);
      else if (typeof value === 'string' && value !== '') values.set(name, value);
      else if (typeof value === 'number' || typeof value === 'boolean') values.set(name, String(value));
    }
  };
  if (typeof item === 'object' && item !== null && !Array.isArray(item)) take('', item, 0);
  return { line, values, parts };
}

/** `{ links: [...] }`, `{ shortUrls: { data: [...] } }`, `{ links: { link_1: {...} } }` (YOURLS) or the list itself. */
function listIn(json: unknown, depth = 0): unknown[] | undefined {
  if (Array.isArray(json)) return json;
  if (typeof json !== 'object' || json === null || depth > 2) return undefined;
  for (const name of ['links', 'shortUrls', 'data', 'result', 'results', 'items', 'bitlinks']) {
    const inner = (json as Record<string, unknown>)[name];
    const found = listIn(inner, depth + 1);
    if (found !== undefined) return found;
  }
  const members = Object.values(json) as unknown[];
  const areRows =
    depth > 0 && members.length > 0 && members.every((member) => typeof member === 'object' && member !== null);
  return areRows ? members : undefined;
}
