import { createHash } from 'node:crypto';
import type { ChunkWriter } from '../../imports/chunk-writer.js';
import type { FileConventions } from '../../networks/rules/reading/read-event.js';
import type { NetworkDialect } from '../../networks/rules/reading/reading.js';
import { CsvReader, type CsvRecord } from '../../platform/csv/csv-reader.js';
import { columnCount, isSeparatorLine, repeatedHeader } from '../../platform/csv/csv-table.js';
import type { FileCharset } from '../../platform/csv/file-decoder.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import type { Notice } from '../../platform/vocabulary/notice.js';
import { ConventionFinder } from '../rules/import/file-conventions.js';
import {
  ChosenColumns,
  type ColumnMapping,
  type ColumnPositions,
  locateColumns,
  NO_MAPPING,
} from '../rules/import/column-mapping.js';
import { type HeaderReading, readHeader } from '../rules/import/import-columns.js';
import type { ConversionFileRow } from './conversion-import.js';

const MAX_BYTES = 50 * 1024 * 1024;
const MAX_CONVERSION_ROWS = 100_000;
export const CSV_LIMITS = { maxFieldChars: 4_000, maxRecordChars: 20_000, maxFields: 200 };
const MAX_NOTICES = 20;

/** Reads a file of conversions piece by piece, and hands its rows to a writer. */
export class ConversionFile {
  readonly #hash = createHash('sha256');
  private readonly csv: CsvReader;
  private reading: HeaderReading | undefined;
  private names: string[] = [];
  /** The columns of the mapping; known with the header. */
  positions: ColumnPositions = {};
  private readonly finder = new ConventionFinder();
  private bytes = 0;
  private rows = 0;
  /** Lines of the file that are not rows, and were skipped. */
  readonly notices: Notice[] = [];

  constructor(
    private readonly dialect: NetworkDialect,
    charset: FileCharset,
    private readonly writer: Pick<ChunkWriter, 'add'>,
    private readonly mapping: ColumnMapping = NO_MAPPING,
  ) {
    this.csv = new CsvReader(CSV_LIMITS, {
      charset,
      headerScore: (fields) => conversionHeaderScore(fields, dialect, mapping),
    });
  }

  get conventions(): FileConventions {
    return this.finder.conventions;
  }

  get columns(): number {
    return columnCount(this.names);
  }

  get header(): HeaderReading {
    if (this.reading === undefined) throw bad('empty', 'the file has no rows');
    return this.reading;
  }

  hash(): string {
    return this.#hash.digest('base64url');
  }

  /** @throws ProblemException, CsvError */
  async push(piece: Buffer): Promise<void> {
    this.bytes += piece.length;
    if (this.bytes > MAX_BYTES) throw tooLarge();
    this.#hash.update(piece);
    await this.take(this.csv.push(piece));
  }

  /** To be called after the last piece. @throws ProblemException, CsvError */
  async end(): Promise<void> {
    await this.take(this.csv.end());
    if (this.rows === 0) throw bad('empty', 'the file has no rows');
  }

  private async take(records: CsvRecord[]): Promise<void> {
    for (const { line, fields } of records) {
      if (this.reading === undefined) {
        this.positions = locatedColumns(fields, this.mapping);
        this.reading = checkedHeader(fields, this.dialect, new ChosenColumns(this.positions));
        this.names = fields;
        this.notices.push(...this.csv.titles.map(skippedLine));
        continue;
      }
      if (this.isNoRow(line, fields)) continue;
      const { amountAt, timeAt } = this.reading;
      this.finder.see(cellAt(fields, amountAt), cellAt(fields, timeAt));
      if (++this.rows > MAX_CONVERSION_ROWS)
        throw bad('too_many_rows', `a file has at most ${MAX_CONVERSION_ROWS} rows: cut it`);
      const row: ConversionFileRow = { line, fields };
      await this.writer.add(
        row,
        fields.reduce((sum, field) => sum + field.length, 0),
      );
    }
  }

  /** Files that were put together repeat their column names in the middle. */
  private isNoRow(line: number, fields: string[]): boolean {
    if (isSeparatorLine(fields)) return true;
    const repeated = repeatedHeader(this.names, fields);
    if (repeated === undefined) return false;
    if (repeated === 'other') {
      throw bad(
        'another_table',
        `a second table with other columns begins on line ${line}: import each table separately`,
      );
    }
    if (this.notices.length < MAX_NOTICES) this.notices.push(skippedLine({ line, text: 'the column names again' }));
    return true;
  }
}

/** The form of a click id. No column has such a name. */
const LIKE_CLICK_ID = /^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[0-9A-Za-z]{20,32}$/;

/** How many columns of a row are known, if one of them names a click or a link. */
export function conversionHeaderScore(fields: string[], dialect: NetworkDialect, mapping = NO_MAPPING): number {
  const chosen = new ChosenColumns(locateColumns(fields, mapping).positions);
  const { hasOwner, ignored } = readHeader(fields, dialect, chosen);
  return hasOwner && !fields.some((field) => LIKE_CLICK_ID.test(field)) ? fields.length - ignored.length : 0;
}

function cellAt(fields: readonly string[], column: number | undefined): string | undefined {
  return column === undefined ? undefined : fields[column];
}

function skippedLine({ line, text }: { line: number; text: string }): Notice {
  return { code: 'line_skipped', text: `Line ${line} is not a row and was skipped: ${text.trim().slice(0, 100)}` };
}

function locatedColumns(fields: string[], mapping: ColumnMapping): ColumnPositions {
  const { positions, problems } = locateColumns(fields, mapping);
  if (problems.length === 0) return positions;
  throw ProblemException.invalid(
    ...problems.map((message) => ({ path: 'mapping', code: 'column_not_found', message })),
  );
}

function checkedHeader(fields: string[], dialect: NetworkDialect, chosen: ChosenColumns): HeaderReading {
  const header = readHeader(fields, dialect, chosen);
  if (fields.some((field) => LIKE_CLICK_ID.test(field.trim()))) {
    throw bad(
      'no_header',
      'the first row has values: put a row of column names above it, such as click_id,event,payout',
    );
  }
  if (!header.hasOwner) {
    const message =
      'the first row names the columns; it needs click_id, or link_id for revshare: name its column with ?mapping=click_id=…';
    throw bad('missing_column', message);
  }
  return header;
}

function bad(code: string, message: string): ProblemException {
  return ProblemException.invalid({ path: 'body', code, message });
}

function tooLarge(): ProblemException {
  return new ProblemException('payload_too_large', `A file has at most ${MAX_BYTES / 1024 / 1024} MiB: cut it.`);
}
