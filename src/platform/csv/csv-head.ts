/** What the beginning of a CSV text says of the rest. */
export interface CsvHead {
  separator: string;
  /** Whether `"` opens a quoted field; else it is text. */
  hasQuotes: boolean;
  /** Where the row of column names begins in the text, and on which line. */
  headerAt: number;
  headerLine: number;
  /** Lines above it that are no part of the table. */
  titles: { line: number; text: string }[];
}

/** How many columns of a row are known by their names; 0: it is no row of column names. */
export type HeaderScore = (fields: string[]) => number;

const SEPARATORS = [',', ';', '\t', '|'] as const;
/** Spreadsheets write which separator they use into a first line of their own. */
const SEPARATOR_LINE = /^"?sep=("?)(\\t|tab|[^A-Za-z0-9"\s]|\t)\1"?[,;\t| ]*$/i;
/** The row of column names is looked for in so many lines. */
const MAX_LINES = 20;
const MAX_CHARS = 65_536;
/** Below the first line one known name is not enough: it may be a word of a title. */
const SURE = 2;

interface Line {
  at: number;
  line: number;
  text: string;
}

/** Finds out how a text is written, from its first lines. The text may come in pieces. */
export class HeadFinder {
  private text = '';
  private scanned = 0;
  private lineStart = 0;
  private lineNumber = 1;
  private startNumber = 1;
  private isInQuotes = false;
  private hasText = false;
  private hasTab = false;
  private isMarkCut = false;
  private named: string | undefined;
  private readonly lines: Line[] = [];

  constructor(private readonly score: HeaderScore | undefined) {}

  /** Characters of the line that has not ended yet. */
  get waiting(): number {
    return this.text.length - this.lineStart;
  }

  /** Characters that are kept. */
  get length(): number {
    return this.text.length;
  }

  /** The text from there on; the finder is of no more use then. */
  takeFrom(at: number): string {
    const rest = this.text.slice(at);
    this.text = '';
    return rest;
  }

  /** @returns the head once enough has come. */
  push(piece: string): CsvHead | undefined {
    this.text += piece;
    if (!this.isMarkCut && this.text !== '') {
      this.text = this.text.replace(/^\ufeff/, '');
      this.isMarkCut = true;
    }
    for (; this.scanned < this.text.length; this.scanned++) {
      const char = this.text[this.scanned];
      if (char === '"') this.isInQuotes = !this.isInQuotes;
      if (char !== '\n' && char !== '\r') {
        this.hasTab ||= char === '\t';
        this.hasText ||= char !== ' ' && char !== '\t' && char !== '\ufeff';
        continue;
      }
      // The LF of a CRLF may come with the next piece.
      const isLfOfCrLf = char === '\n' && this.text[this.scanned - 1] === '\r';
      if (!isLfOfCrLf) this.lineNumber++;
      const goesOn = this.isInQuotes && !this.isUnquotedTabLine();
      const head = goesOn ? undefined : this.endLine();
      if (head) return head;
    }
    return undefined;
  }

  /** The head of a text that has no more lines. */
  end(): CsvHead {
    return this.endLine() ?? this.withoutHeader();
  }

  /** The first line, for want of a better one. */
  withoutHeader(): CsvHead {
    const [first] = this.lines;
    return this.headAt(first ?? { at: this.lineStart, line: this.startNumber, text: '' }, this.named);
  }

  private endLine(): CsvHead | undefined {
    const text = this.text.slice(this.lineStart, this.scanned);
    const line = { at: this.lineStart, line: this.startNumber, text };
    const { hasText } = this;
    this.startNumber = this.lineNumber;
    this.lineStart = this.scanned + 1;
    this.isInQuotes = false;
    this.hasTab = false;
    this.hasText = false;
    return hasText ? this.judge(line) : undefined;
  }

  private judge(line: Line): CsvHead | undefined {
    const [, , separator] = this.lines.length === 0 ? (SEPARATOR_LINE.exec(line.text) ?? []) : [];
    if (separator !== undefined && this.named === undefined) {
      this.named = /^(?:\\t|tab)$/i.test(separator) ? '\t' : separator;
      return undefined;
    }
    this.lines.push(line);
    if (this.score === undefined) return this.headAt(line, this.named);
    const least = this.lines.length === 1 ? 1 : SURE;
    const best = this.bestSeparator(line, this.score);
    if (best.score >= least) return this.headAt(line, best.separator);
    return this.lines.length >= MAX_LINES || this.text.length > MAX_CHARS ? this.withoutHeader() : undefined;
  }

  private bestSeparator({ text }: Line, score: HeaderScore): { separator: string; score: number } {
    const candidates = this.named === undefined ? byFrequency(text) : [this.named];
    const scored = candidates.map((separator) => ({
      separator,
      score: score(splitLine(text.slice(0, MAX_CHARS), separator)),
    }));
    return scored.reduce((best, other) => (other.score > best.score ? other : best));
  }

  private headAt(header: Line, separator = byFrequency(header.text)[0] ?? ','): CsvHead {
    const titles = this.lines.filter(({ at }) => at < header.at).map(({ line, text }) => ({ line, text }));
    const hasQuotes = separator !== '\t' || isQuotedThroughout(header.text);
    return { separator, hasQuotes, headerAt: header.at, headerLine: header.line, titles };
  }

  /** A quote in a line of a tab file is text, unless all its cells are quoted. */
  private isUnquotedTabLine(): boolean {
    return this.hasTab && this.text[this.lineStart] !== '"';
  }
}

/** The separators, that which the line has most of first. */
function byFrequency(line: string): string[] {
  const outside = line.replaceAll(/"[^"]*"/g, '');
  const count = (separator: string): number => outside.split(separator).length;
  return SEPARATORS.toSorted((a, b) => count(b) - count(a));
}

/** The fields of one line, for a look at it; the reader itself is exact. */
function splitLine(line: string, separator: string): string[] {
  const fields: string[] = [];
  let field = '';
  let isInQuotes = false;
  for (const char of line) {
    if (char === '"' && separator !== '\t') isInQuotes = !isInQuotes;
    else if (char === separator && !isInQuotes) {
      fields.push(field);
      field = '';
    } else field += char;
  }
  return [...fields, field].map((text) => text.trim().replace(/^"(.*)"$/s, '$1'));
}

function isQuotedThroughout(line: string): boolean {
  const cells = line.split('\t').filter((cell) => cell.trim() !== '');
  // A line end within a quoted name of a column splits no cell.
  return cells.length > 0 && cells.every((cell) => /^\s*".*"\s*$/s.test(cell));
}
