import { CsvError } from '../../../platform/csv/csv-error.js';
import { CsvReader, type CsvRecord } from '../../../platform/csv/csv-reader.js';
import {
  columnCount,
  isSeparatorLine,
  isTotalRow,
  repeatedHeader,
  surplusCells,
  surplusHint,
} from '../../../platform/csv/csv-table.js';
import { FileDecoder } from '../../../platform/csv/file-decoder.js';
import { EventLoopYielder } from '../../../platform/concurrency/event-loop-yielder.js';
import { isEmptyCell } from '../../../platform/text/no-value.js';
import type { FieldChoice, FieldProblem } from '../../../platform/http/problems/problem.js';
import { plainName } from './import-sources.js';
import { JsonList, type JsonListProblem } from './json-list.js';

export const MAX_LINK_ROWS = 10_000;
const MEBIBYTE = 1024 * 1024;
const MAX_CSV_BYTES = 32 * MEBIBYTE;
const MAX_JSON_BYTES = 8 * MEBIBYTE;
/** Of all rows together. */
const MAX_VALUES = 500_000;
const MAX_ROW_CHARS = 262_144;
const MAX_ROW_VALUES = 500;
const MAX_DEPTH = 64;

/** A row of a file, whatever its format. */
export interface LinkRow {
  /** Where it stands in the file: a line, or from 1 its place in the list. */
  line: number;
  /** By plain column name; see `plainName`. */
  values: ReadonlyMap<string, string>;
  /** Values of a JSON file that are not text (lists, objects, nulls), by plain name. */
  parts: ReadonlyMap<string, unknown>;
  /** Why its values cannot be trusted to stand where they belong. */
  problem?: FieldProblem;
  /** It adds up the others. */
  isTotal?: boolean;
}

/** Something about a file or a row that a person should know. */
export interface LinkImportWarning {
  code: string;
  message: string;
  /** The field, and what would be right there, of a link that cannot work as it stands. */
  path?: string | undefined;
  suggestion?: string | undefined;
}

export interface ImportFile {
  columns: string[];
  /** The plain names of the columns, those within others too. */
  plainNames: ReadonlySet<string>;
  rows: LinkRow[];
  isJson: boolean;
  /** Lines that were skipped. */
  warnings: LinkImportWarning[];
}

export interface FileReading {
  /** The encoding that the file is named to be in. */
  charset?: string | undefined;
  /** See `CsvOptions`. */
  headerScore?: (fields: string[]) => number;
}

const CHARSET_CODES = ['not_utf8', 'wrong_charset', 'unclear_charset'] as const;
type CharsetCode = (typeof CHARSET_CODES)[number];
type FileErrorCode =
  | 'malformed_file'
  | 'too_many_rows'
  | 'too_many_values'
  | 'nested_too_deep'
  | 'row_too_long'
  | 'too_long'
  | 'no_rows'
  | 'another_table'
  | CharsetCode;

/** A file that cannot be read at all; nothing of it was imported. */
export class ImportFileError extends Error {
  constructor(
    readonly code: FileErrorCode,
    message: string,
    /** Character sets that it could be in. */
    readonly choices?: FieldChoice[],
  ) {
    super(message);
    this.name = 'ImportFileError';
  }
}

/** All rows of a CSV file, as long as there are no more than allowed. @throws ImportFileError */
export async function readCsvRows(chunks: AsyncIterable<unknown>, options: FileReading = {}): Promise<ImportFile> {
  const { charset, headerScore } = options;
  const reader = new CsvReader({}, { charset: { named: charset }, ...(headerScore && { headerScore }) });
  const table = new Table();
  const yielder = new EventLoopYielder();
  try {
    for await (const chunk of limited(chunks, MAX_CSV_BYTES)) {
      reader.push(chunk).forEach((record) => table.take(record));
      await yielder.pause();
    }
    reader.end().forEach((record) => table.take(record));
  } catch (error) {
    throw asFileError(error);
  }
  if (table.columns === undefined)
    throw new ImportFileError('no_rows', 'the file is empty: it begins with a row of column names');
  const titles = reader.titles.map(({ line, text }) => passedOver(line, text));
  const plainNames = new Set(table.columns.map(plainName));
  return {
    columns: table.columns,
    plainNames,
    rows: table.rows,
    isJson: false,
    warnings: [...titles, ...table.warnings],
  };
}

const MAX_WARNINGS = 20;

/** The rows of a CSV file, one after the other. */
class Table {
  columns: string[] | undefined;
  readonly rows: LinkRow[] = [];
  readonly warnings: LinkImportWarning[] = [];
  private plainColumns: string[] = [];
  /** Where the column names are quoted, everything is, and quotes say nothing about a cell. */
  private isQuotedThroughout = false;
  private valueCount = 0;

  take(record: CsvRecord): void {
    const { fields, quoted = [] } = record;
    if (this.columns === undefined) {
      this.columns = fields;
      this.plainColumns = fields.map(plainName);
      this.isQuotedThroughout = quoted.length === fields.length;
      return;
    }
    if (isSeparatorLine(fields) || this.isHeaderAgain(record, this.columns)) return;
    const row = this.toRow(record, columnCount(this.columns));
    this.rows.push(row);
    if (this.rows.length > MAX_LINK_ROWS) throw tooMany();
    this.valueCount += row.values.size;
    if (this.valueCount > MAX_VALUES) throw tooManyValues();
  }

  private isHeaderAgain({ line, fields }: CsvRecord, columns: string[]): boolean {
    const repeated = repeatedHeader(columns, fields);
    if (repeated === 'other') {
      const message = `a second table with other columns begins on line ${line}: import each table separately`;
      throw new ImportFileError('another_table', message);
    }
    if (repeated === undefined) return false;
    if (this.warnings.length < MAX_WARNINGS) this.warnings.push(passedOver(line, 'the column names again'));
    return true;
  }

  private toRow({ line, fields, quoted = [] }: CsvRecord, columns: number): LinkRow {
    const isQuoted = new Set(this.isQuotedThroughout ? [] : quoted);
    const values = new Map<string, string>();
    this.plainColumns.forEach((name, i) => {
      const cell = fields[i] ?? '';
      const text = isQuoted.has(i) ? cell : cell.trim();
      const isEmpty = text.trim() === '' || (!isQuoted.has(i) && !KEEPS_WORDS.has(name) && isEmptyCell(text));
      if (!isEmpty && name !== '' && !values.has(name)) values.set(name, text);
    });
    const isSurplus = surplusCells(fields, columns).length > 0;
    const problem = { path: '', code: 'too_many_cells', message: surplusHint(fields, columns) };
    return {
      line,
      values,
      parts: new Map(),
      ...(isSurplus && { problem }),
      ...(isTotalRow(fields) && { isTotal: true }),
    };
  }
}

/** Columns in which `none` is a word of ours. */
const KEEPS_WORDS: ReadonlySet<string> = new Set(['forwardquery', 'clickidparam']);

function passedOver(line: number, text: string): LinkImportWarning {
  const shown = text.trim().slice(0, 100);
  return { code: 'line_skipped', message: `Line ${line} is not a row and was skipped: ${shown}` };
}

/**
 * All rows of a JSON file: a list, or an object that has one, as the products' APIs and exports do.
 * @throws ImportFileError
 */
export async function readJsonRows(chunks: AsyncIterable<unknown>, { charset }: FileReading = {}): Promise<ImportFile> {
  const yielder = new EventLoopYielder();
  const list = new JsonList(await readText(chunks, charset), JSON_LIMITS, yielder);
  const found = await list.find();
  if (typeof found === 'string') throw JSON_PROBLEMS[found]();
  const rows: LinkRow[] = [];
  const columns = new Set<string>();
  const plainNames = new Set<string>();
  for (const span of found) {
    const item = parsed(list, span);
    const row = fromObject(rows.length + 1, item);
    if (rows.push(row) <= SAMPLED_ROWS) {
      for (const name of Object.keys(item ?? {})) columns.add(name);
      for (const name of [...row.values.keys(), ...row.parts.keys()]) plainNames.add(name);
    }
    await yielder.pause();
  }
  return { columns: [...columns], plainNames, rows, isJson: true, warnings: [] };
}

/** The columns of a JSON file are those of its first rows. */
const SAMPLED_ROWS = 100;
const JSON_LIMITS = { maxRows: MAX_LINK_ROWS, maxValues: MAX_VALUES, maxRowChars: MAX_ROW_CHARS, maxDepth: MAX_DEPTH };
const JSON_PROBLEMS: Record<JsonListProblem, () => ImportFileError> = {
  no_json: () => new ImportFileError('malformed_file', 'the file is no JSON'),
  no_list: () => new ImportFileError('no_rows', 'there is no list of links in this JSON'),
  too_many_rows: tooMany,
  too_many_values: tooManyValues,
  too_deep: () => new ImportFileError('nested_too_deep', `the JSON is nested more than ${MAX_DEPTH} deep`),
  row_too_long: () => new ImportFileError('row_too_long', `a row has at most ${MAX_ROW_CHARS} characters`),
};

function parsed(list: JsonList, span: Parameters<JsonList['parseRow']>[0]): unknown {
  try {
    return list.parseRow(span);
  } catch {
    throw JSON_PROBLEMS.no_json();
  }
}

async function readText(chunks: AsyncIterable<unknown>, named: string | undefined): Promise<string> {
  const decoder = new FileDecoder({ named });
  const pieces: string[] = [];
  try {
    for await (const chunk of limited(chunks, MAX_JSON_BYTES)) pieces.push(decoder.decode(chunk, 1));
    pieces.push(decoder.end(1));
  } catch (error) {
    throw asFileError(error);
  }
  return pieces.join('').replace(/^\ufeff/, '');
}

function asFileError(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error;
  const { message, choices } = error;
  const code = CHARSET_CODES.find((known) => known === error.code) ?? 'malformed_file';
  return new ImportFileError(code, message, choices && choices.length > 0 ? choices : undefined);
}

function tooMany(): ImportFileError {
  return new ImportFileError('too_many_rows', `a file has at most ${MAX_LINK_ROWS} rows; cut it and import the parts`);
}

function tooManyValues(): ImportFileError {
  const message = `the rows of a file have at most ${MAX_VALUES} values in all; cut it and import the parts`;
  return new ImportFileError('too_many_values', message);
}

async function* limited(chunks: AsyncIterable<unknown>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array);
    length += bytes.length;
    if (length > maxBytes) {
      const format = maxBytes === MAX_JSON_BYTES ? 'a JSON file' : 'a file';
      throw new ImportFileError(
        'too_long',
        `${format} has at most ${maxBytes / MEBIBYTE} MiB; cut it and import the parts`,
      );
    }
    yield bytes;
  }
}

function tooWide(line: number): ImportFileError {
  return new ImportFileError('too_many_values', `row ${line} has more than ${MAX_ROW_VALUES} values`);
}

/** Objects within become columns of their own: `meta.validUntil` is `metavaliduntil`. */
function fromObject(line: number, item: unknown): LinkRow {
  const values = new Map<string, string>();
  const parts = new Map<string, unknown>();
  const take = (prefix: string, object: object, depth: number): void => {
    for (const [key, value] of Object.entries(object) as [string, unknown][]) {
      if (values.size + parts.size > MAX_ROW_VALUES) throw tooWide(line);
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
