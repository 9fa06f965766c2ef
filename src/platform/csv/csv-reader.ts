import { CsvError } from './csv-error.js';
import { type CsvHead, HeadFinder, type HeaderScore } from './csv-head.js';
import { type FileCharset, FileDecoder } from './file-decoder.js';

/** One record of a CSV text. */
export interface CsvRecord {
  /** The line that it begins on, from 1. A quoted field may make it go over several. */
  line: number;
  fields: string[];
  /** Which fields were quoted, from 0; left out where none was. */
  quoted?: number[];
}

export interface CsvLimits {
  maxFieldChars: number;
  maxRecordChars: number;
  maxFields: number;
}

export interface CsvOptions {
  charset?: FileCharset;
  /** Tells the row of column names, so that titles above it are passed over. Without it the first row is it. */
  headerScore?: HeaderScore;
}

const DEFAULT_LIMITS: CsvLimits = { maxFieldChars: 65_536, maxRecordChars: 262_144, maxFields: 500 };
/** Blank lines and titles may stand above the column names; they are kept until these come. */
const MAX_HEAD_CHARS = 1_048_576;
const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;

/**
 * Where the reader is: at a field's first character, after spaces at its start, in a plain field, in a quoted one, after a quote in
 * a quoted one, after spaces that follow it.
 */
type State = 'start' | 'lead' | 'plain' | 'quoted' | 'quote' | 'after';

/**
 * Reads CSV (RFC 4180) piece by piece, wherever it is cut. Lines end with LF, CRLF or CR; blank ones are skipped; a byte order mark
 * is passed over. A first line `sep=;` names the separator; else it is `,`, `;`, a tab or `|`, whichever the row of column names has
 * most of. In tab files quotes are text, unless all column names are quoted. Keeps one record at a time.
 */
export class CsvReader {
  private readonly limits: CsvLimits;
  private readonly decoder: FileDecoder;
  private readonly headFinder: HeadFinder;
  private found: CsvHead | undefined;
  private separator = 0;
  private hasQuotes = true;

  private state: State = 'start';
  private field = '';
  private fields: string[] = [];
  private quoted: number[] = [];
  private isFieldQuoted = false;
  private recordChars = 0;
  private line = 1;
  private recordLine = 1;
  private wasCr = false;

  constructor(limits: Partial<CsvLimits> = {}, { charset, headerScore }: CsvOptions = {}) {
    this.limits = { ...DEFAULT_LIMITS, ...limits };
    this.decoder = new FileDecoder(charset);
    this.headFinder = new HeadFinder(headerScore);
  }

  /** The character between fields; known once a record has come. */
  get delimiter(): string {
    return this.found?.separator ?? '';
  }

  /** The Encoding Standard's name for the character set of the bytes. */
  get charset(): string {
    return this.decoder.encoding;
  }

  /** Lines above the row of column names; known once a record has come. */
  get titles(): CsvHead['titles'] {
    return this.found?.titles ?? [];
  }

  /**
   * The records that are complete with this piece.
   * @throws CsvError when the text is no CSV; the reader is of no more use then.
   */
  push(piece: string | Uint8Array): CsvRecord[] {
    const text = typeof piece === 'string' ? piece : this.decoder.decode(piece, this.line);
    return this.found === undefined ? this.readHead(text) : this.read(text);
  }

  /** The last record, when no line end comes after it. */
  end(): CsvRecord[] {
    const records = this.push(this.decoder.end(this.line));
    if (this.found === undefined) records.push(...this.startWith(this.headFinder.end()));
    if (this.state === 'quoted') throw new CsvError('unclosed_quote', this.recordLine);
    this.endRecord(records);
    return records;
  }

  /** Waits for the row of column names, which says what separates the fields. */
  private readHead(text: string): CsvRecord[] {
    const head = this.headFinder.push(text);
    if (head) return this.startWith(head);
    const { waiting, length } = this.headFinder;
    if (waiting <= this.limits.maxRecordChars && length <= MAX_HEAD_CHARS) return [];
    // The line that is too long is told from here, by its number.
    return this.startWith(this.headFinder.withoutHeader());
  }

  private startWith(head: CsvHead): CsvRecord[] {
    this.found = head;
    this.separator = head.separator.charCodeAt(0);
    this.hasQuotes = head.hasQuotes;
    this.line = head.headerLine;
    this.recordLine = head.headerLine;
    return this.read(this.headFinder.takeFrom(head.headerAt));
  }

  private read(text: string): CsvRecord[] {
    const records: CsvRecord[] = [];
    let from = 0; // what of the field is not kept yet begins here
    for (let i = 0; i < text.length; i++) {
      const char = text.charCodeAt(i);
      const isLfOfCrLf = char === LF && this.wasCr;
      this.wasCr = char === CR;
      const isLineEnd = (char === LF || char === CR) && !isLfOfCrLf;

      if (this.state === 'quoted') {
        if (isLineEnd) this.line++;
        if (char !== QUOTE) continue;
        this.keep(text, from, i);
        this.state = 'quote';
        from = i + 1;
      } else if (char === this.separator) {
        this.keep(text, from, i);
        this.endField();
        from = i + 1;
      } else if (char === LF || char === CR) {
        this.keep(text, from, i);
        from = i + 1;
        if (isLineEnd) this.line++;
        this.endRecord(records);
      } else if (this.state === 'plain') {
        continue;
      } else if (char === QUOTE && this.hasQuotes && this.state !== 'after') {
        // Spaces before it are none of the field's.
        if (this.state === 'lead') this.field = '';
        // The first opens a field; the second of two in a quoted field stands for itself.
        from = this.state === 'quote' ? i : i + 1;
        this.state = 'quoted';
        this.isFieldQuoted = true;
      } else if (this.state === 'quote' || this.state === 'after') {
        if (char !== SPACE) throw new CsvError('stray_quote', this.line);
        this.state = 'after';
        from = i + 1;
      } else {
        this.state = char === SPACE ? 'lead' : 'plain';
      }
    }
    this.keep(text, from, text.length);
    return records;
  }

  private keep(text: string, from: number, to: number): void {
    if (to <= from) return;
    this.recordChars += to - from;
    if (this.field.length + to - from > this.limits.maxFieldChars)
      throw new CsvError('field_too_long', this.recordLine);
    if (this.recordChars > this.limits.maxRecordChars) throw new CsvError('record_too_long', this.recordLine);
    this.field += text.slice(from, to);
  }

  private endField(): void {
    if (this.isFieldQuoted) this.quoted.push(this.fields.length);
    this.fields.push(this.hasQuotes ? this.field : withoutNeededQuotes(this.field));
    if (this.fields.length > this.limits.maxFields) throw new CsvError('too_many_fields', this.recordLine);
    this.field = '';
    this.isFieldQuoted = false;
    this.state = 'start';
  }

  private endRecord(records: CsvRecord[]): void {
    const isBlank = this.state === 'start' && this.fields.length === 0;
    if (!isBlank) {
      this.endField();
      const { quoted } = this;
      const fields = this.hasQuotes ? this.fields : withoutRowQuotes(this.fields);
      records.push({ line: this.recordLine, fields, ...(quoted.length > 0 && { quoted }) });
      this.fields = [];
      this.quoted = [];
      this.recordChars = 0;
    }
    this.recordLine = this.line;
  }
}

/** Of a tab file without quotes: a row whose cells are all quoted was written by a program that quotes values only. */
function withoutRowQuotes(fields: string[]): string[] {
  const filled = fields.filter((field) => field !== '');
  if (filled.length < 2 || !filled.every((field) => QUOTED.test(field))) return fields;
  return fields.map((field) => field.slice(1, -1).replaceAll('""', '"'));
}

const QUOTED = /^"(?:[^"]|"")*"$/;

/**
 * Of a tab file without quotes: spreadsheets quote a cell that has a quote in it, and double that one. Only what is written exactly
 * so is taken for it; `"Sale"` is a text with two quotes.
 */
function withoutNeededQuotes(field: string): string {
  if (!field.startsWith('"') || !QUOTED.test(field)) return field;
  return field === '""' || field.slice(1, -1).includes('""') ? field.slice(1, -1).replaceAll('""', '"') : field;
}
