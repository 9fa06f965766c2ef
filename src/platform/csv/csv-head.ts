/** The format of a CSV text, found in its first lines. */
export interface CsvHead {
  separator: string;
  /** Whether `"` opens a quoted field; if not, it is text. */
  hasQuotes: boolean;
  /** Where the row of column names begins in the text, and on which line. */
  headerAt: number;
  headerLine: number;
  /** Lines above the column names, which are not part of the table. */
  titles: { line: number; text: string }[];
}

/** Returns the number of known column names in a row; 0: it is not a header row. */
export type HeaderScore = (fields: string[]) => number;

const SEPARATORS = [',', ';', '\t', '|'] as const;
/** The first line in which spreadsheets name their separator. */
const SEPARATOR_LINE = /^"?sep=("?)(\\t|tab|[^A-Za-z0-9"\s]|\t)\1"?[,;\t| ]*$/i;
/** The header row is searched in this many lines. */
const MAX_LINES = 20;
const MAX_CHARS = 65_536;
/** After the first line one known name is not enough: it may be a word of a title. */
const SURE = 2;

interface Line {
  at: number;
  line: number;
  text: string;
}

/** Finds the format of a text from its first lines. The text may come in pieces. */
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

  /** The text from `at` on. The finder cannot be used after that. */
  takeFrom(at: number): string {
    const rest = this.text.slice(at);
    this.text = '';
    return rest;
  }

  /** @returns the head as soon as it is known. */
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

  /** Takes the first line as header when no better one was found. */
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
    return hasText ? this.findHead(line) : undefined;
  }

  private findHead(line: Line): CsvHead | undefined {
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

/** The separators, the most frequent in the line first. */
function byFrequency(line: string): string[] {
  const outside = line.replaceAll(/"[^"]*"/g, '');
  const count = (separator: string): number => outside.split(separator).length;
  return SEPARATORS.toSorted((a, b) => count(b) - count(a));
}

/** The approximate fields of one line; only the reader is exact. */
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
