/** One record of a CSV text. */
export interface CsvRecord {
  /** The line that it begins on, from 1. A quoted field may make it go over several. */
  line: number;
  fields: string[];
}

export interface CsvLimits {
  maxFieldChars: number;
  maxRecordChars: number;
  maxFields: number;
}

export type CsvProblem =
  'field_too_long' | 'record_too_long' | 'too_many_fields' | 'unclosed_quote' | 'stray_quote' | 'not_utf8';

const MESSAGES: Record<CsvProblem, string> = {
  field_too_long: 'a field is longer than allowed; perhaps a quote is not closed',
  record_too_long: 'the record is longer than allowed; perhaps a quote is not closed',
  too_many_fields: 'there are more fields than allowed',
  unclosed_quote: 'a quoted field that begins here is never closed',
  stray_quote: 'after a quoted field there must be a separator or the end of the line; a quote within it is written ""',
  not_utf8: 'the text is not UTF-8',
};

/** The text is no CSV. What comes after can not be trusted either, so the reading ends here. */
export class CsvError extends Error {
  constructor(
    readonly code: CsvProblem,
    readonly line: number,
  ) {
    super(`line ${line}: ${MESSAGES[code]}`);
    this.name = 'CsvError';
  }
}

const DEFAULT_LIMITS: CsvLimits = { maxFieldChars: 65_536, maxRecordChars: 262_144, maxFields: 500 };
const DELIMITERS = [',', ';', '\t'] as const;
const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const BYTE_ORDER_MARK = 0xfeff;

/** Where the reader is: at a field's first character, in a plain field, in a quoted one, after a quote in a quoted one. */
type State = 'start' | 'plain' | 'quoted' | 'quote';

/**
 * Reads CSV (RFC 4180) piece by piece, wherever it is cut. Lines end with LF, CRLF or CR; blank ones are skipped; a byte order mark
 * is passed over; fields are parted by `,`, `;` or a tab, whichever the first line has most of. Keeps one record at a time.
 */
export class CsvReader {
  private readonly limits: CsvLimits;
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private separator: number | undefined;
  /** The text up to the end of the first line, as long as the separator is not known. */
  private head = '';
  private headScanned = 0;
  private headInQuotes = false;
  private headHasText = false;

  private state: State = 'start';
  private field = '';
  private fields: string[] = [];
  private recordChars = 0;
  private line = 1;
  private recordLine = 1;
  private wasCr = false;

  constructor(limits: Partial<CsvLimits> = {}) {
    this.limits = { ...DEFAULT_LIMITS, ...limits };
  }

  /**
   * The records that are complete with this piece.
   * @throws CsvError when the text is no CSV; the reader is of no more use then.
   */
  push(piece: string | Uint8Array): CsvRecord[] {
    const text = typeof piece === 'string' ? piece : this.decode(piece);
    return this.separator === undefined ? this.readHead(text) : this.read(text);
  }

  /** The last record, when no line end comes after it. */
  end(): CsvRecord[] {
    const rest = this.decode();
    const records = this.push(rest);
    if (this.separator === undefined) records.push(...this.startWith(this.head));
    if (this.state === 'quoted') throw new CsvError('unclosed_quote', this.recordLine);
    this.endRecord(records);
    return records;
  }

  private decode(bytes?: Uint8Array): string {
    try {
      return bytes === undefined ? this.decoder.decode() : this.decoder.decode(bytes, { stream: true });
    } catch {
      throw new CsvError('not_utf8', this.line);
    }
  }

  /** Waits for the whole first line, which says what separates the fields. */
  private readHead(text: string): CsvRecord[] {
    this.head += text;
    for (; this.headScanned < this.head.length; this.headScanned++) {
      const char = this.head.charCodeAt(this.headScanned);
      if (char === QUOTE) this.headInQuotes = !this.headInQuotes;
      const isLineEnd = (char === LF || char === CR) && !this.headInQuotes;
      if (char > SPACE && char !== BYTE_ORDER_MARK) this.headHasText = true;
      if (isLineEnd && this.headHasText) return this.startWith(this.head);
    }
    if (this.head.length > this.limits.maxRecordChars) throw new CsvError('record_too_long', 1);
    return [];
  }

  private startWith(head: string): CsvRecord[] {
    const text = head.startsWith('\ufeff') ? head.slice(1) : head;
    const firstLine = text.slice(0, this.headScanned);
    this.separator = mostFrequentSeparator(firstLine).charCodeAt(0);
    this.head = '';
    return this.read(text);
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
      } else if (char === QUOTE) {
        // The first opens a field; the second of two in a quoted field stands for itself.
        from = this.state === 'quote' ? i : i + 1;
        this.state = 'quoted';
      } else if (this.state === 'quote') {
        throw new CsvError('stray_quote', this.line);
      } else {
        this.state = 'plain';
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
    this.fields.push(this.field);
    if (this.fields.length > this.limits.maxFields) throw new CsvError('too_many_fields', this.recordLine);
    this.field = '';
    this.state = 'start';
  }

  private endRecord(records: CsvRecord[]): void {
    const isBlank = this.state === 'start' && this.fields.length === 0;
    if (!isBlank) {
      this.endField();
      records.push({ line: this.recordLine, fields: this.fields });
      this.fields = [];
      this.recordChars = 0;
    }
    this.recordLine = this.line;
  }
}

function mostFrequentSeparator(line: string): string {
  const outside = line.replaceAll(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((separator) => outside.split(separator).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}
