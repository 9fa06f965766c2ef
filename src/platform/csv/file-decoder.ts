import { charsetChoices, encodingOfMark, exampleOf } from './charset.js';
import { CsvError } from './csv-error.js';

/** The character sets to try for a file, by their names in the Encoding Standard (see `encodingOf`). */
export interface FileCharset {
  /** Declared for this file. */
  named?: string | undefined;
  /** The usual one of such files, when none is declared. */
  usual?: string | undefined;
}

type Decoder = InstanceType<typeof TextDecoder>;

const MARK_BYTES = 4;
/** How many earlier bytes are kept to show a whole cell in an error. */
const KEPT_BYTES = 512;
const CELL_BYTES = 256;
/** UTF-16 that nothing announces is recognised by these first bytes. */
const UTF16_LOOK_BYTES = 512;
const UTF8 = 'utf-8';

/** Other files that people upload by mistake, by their first bytes. */
const NO_TEXT: readonly (readonly [start: readonly number[], message: string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'this is an Excel workbook or a zip file: save the sheet as CSV (UTF-8) and send that'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'this is an old Excel workbook: save the sheet as CSV (UTF-8) and send that'],
  [[0x1f, 0x8b], 'the file is compressed with gzip: unpack it first'],
  [[0x25, 0x50, 0x44, 0x46], 'this is a PDF: export the table as CSV'],
];

/**
 * Decodes a file's bytes to text, piece by piece. A byte order mark decides, else the declared character set, else the
 * usual one, else UTF-8. Nothing is guessed: bytes that do not fit are an error that lists possible character sets.
 */
export class FileDecoder {
  private decoder: Decoder | undefined;
  private start: Uint8Array = new Uint8Array();
  /** The first bytes while they may turn out to be UTF-16; `undefined` once that is settled. */
  private utf16Look: Uint8Array | undefined;
  private kept: Uint8Array = new Uint8Array();
  /** Checks whether a file with a usual character set is valid UTF-8; `undefined` once it is not. */
  private utf8Check: Decoder | undefined;
  private firstForeign: { cell: Uint8Array; line: number } | undefined;

  constructor(private readonly charset: FileCharset = {}) {}

  /** The character set that is used; that of a file without bytes is UTF-8. */
  get encoding(): string {
    return this.decoder?.encoding ?? UTF8;
  }

  /** @param line the current line, for errors. @throws CsvError */
  decode(bytes: Uint8Array, line: number): string {
    if (this.decoder !== undefined) return this.decodeWith(this.decoder, bytes, line);
    this.start = this.start.length === 0 ? bytes : Buffer.concat([this.start, bytes]);
    return this.start.length < MARK_BYTES ? '' : this.begin(line);
  }

  /** The remaining text at the end of the file. @throws CsvError */
  end(line: number): string {
    const rest = this.decoder === undefined ? this.begin(line) : '';
    try {
      const last = this.decoder?.decode() ?? '';
      if (this.firstForeign !== undefined && this.isUtf8ToItsEnd()) throw this.unclear(this.firstForeign);
      return rest + last;
    } catch (error) {
      throw error instanceof CsvError ? error : this.misfit(this.kept, Math.max(this.kept.length - 1, 0), line);
    }
  }

  private begin(line: number): string {
    const { start } = this;
    this.start = new Uint8Array();
    const [, message] = NO_TEXT.find(([magic]) => magic.every((byte, i) => start[i] === byte)) ?? [];
    if (message !== undefined) throw new CsvError('not_text', line, { message });
    const mark = encodingOfMark(start);
    const { named, usual } = this.charset;
    const encoding = mark ?? named ?? usual ?? UTF8;
    if (mark === undefined && named === undefined) this.utf16Look = new Uint8Array();
    if (mark === undefined && named === undefined && encoding !== UTF8) {
      this.utf8Check = new TextDecoder(UTF8, { fatal: true });
    }
    this.decoder = new TextDecoder(encoding, { fatal: true });
    return this.decodeWith(this.decoder, start, line);
  }

  private decodeWith(decoder: Decoder, bytes: Uint8Array, line: number): string {
    this.refuseUtf16(bytes, line);
    try {
      const text = decoder.decode(bytes, { stream: true });
      this.watchForUtf8(bytes, line);
      this.kept = lastBytes(this.kept, bytes);
      return text;
    } catch {
      const all = Buffer.concat([this.kept, bytes]);
      const at = firstMisfit(all, decoder.encoding);
      throw this.misfit(all, at, line + lineEnds(all.subarray(this.kept.length, Math.max(at, this.kept.length))));
    }
  }

  /**
   * Text has no NUL; UTF-16 has one beside each ASCII character. The look is at the same bytes wherever the file is cut.
   * @throws CsvError
   */
  private refuseUtf16(bytes: Uint8Array, line: number): void {
    if (this.utf16Look === undefined) return;
    const seen = Buffer.concat([this.utf16Look, bytes]).subarray(0, UTF16_LOOK_BYTES);
    const at = seen.indexOf(0);
    if (at >= 0) {
      const value = at % 2 === 0 ? 'utf-16be' : 'utf-16le';
      const choices = [{ value, example: exampleOf(value, seen.subarray(0, 120)).split(/[\r\n]/)[0] ?? '' }];
      throw new CsvError('not_utf8', line, { choices });
    }
    this.utf16Look = seen.length < UTF16_LOOK_BYTES ? seen : undefined;
  }

  /** @param at the first byte that does not fit. */
  private misfit(bytes: Uint8Array, at: number, line: number): CsvError {
    const { named } = this.charset;
    const [from, to] = cellAround(bytes, at);
    const choices = charsetChoices(bytes.subarray(from), bytes.subarray(from, to));
    if (named === undefined || named === UTF8) return new CsvError('not_utf8', line, { choices });
    const message = `the text is not ${this.decoder?.encoding ?? named}`;
    return new CsvError('wrong_charset', line, { message, choices });
  }

  private watchForUtf8(bytes: Uint8Array, line: number): void {
    if (this.utf8Check === undefined) return;
    try {
      this.utf8Check.decode(bytes, { stream: true });
    } catch {
      this.utf8Check = undefined;
      return;
    }
    const at = this.firstForeign === undefined ? bytes.findIndex((byte) => byte >= 0x80) : -1;
    if (at < 0) return;
    const [from, to] = cellAround(bytes, at);
    this.firstForeign = { cell: bytes.slice(from, to), line: line + lineEnds(bytes.subarray(0, at)) };
  }

  private isUtf8ToItsEnd(): boolean {
    try {
      this.utf8Check?.decode();
      return this.utf8Check !== undefined;
    } catch {
      return false;
    }
  }

  private unclear({ cell, line }: { cell: Uint8Array; line: number }): CsvError {
    const choices = [UTF8, this.decoder?.encoding ?? UTF8].map((value) => ({ value, example: exampleOf(value, cell) }));
    return new CsvError('unclear_charset', line, { choices });
  }
}

/** @param bytes a buffer that its owner may overwrite later. */
function lastBytes(before: Uint8Array, bytes: Uint8Array): Uint8Array {
  if (bytes.length >= KEPT_BYTES) return bytes.slice(-KEPT_BYTES);
  return new Uint8Array(Buffer.concat([before, bytes]).subarray(-KEPT_BYTES));
}

/** The offset at which decoding fails. */
function firstMisfit(bytes: Uint8Array, encoding: string): number {
  let [fits, fails] = [0, bytes.length];
  // The first bytes may be the end of a character.
  while (encoding === UTF8 && fits < 3 && ((bytes[fits] ?? 0) & 0xc0) === 0x80) fits++;
  const from = fits;
  while (fits + 1 < fails) {
    const middle = (fits + fails) >> 1;
    if (decodes(bytes.subarray(from, middle), encoding)) fits = middle;
    else fails = middle;
  }
  return fits;
}

function decodes(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

const ENDS_CELL: ReadonlySet<number> = new Set([...',;\t\r\n"'].map((char) => char.charCodeAt(0)));

function cellAround(bytes: Uint8Array, at: number): [from: number, to: number] {
  let [from, to] = [at, at];
  while (from > 0 && at - from < CELL_BYTES && !ENDS_CELL.has(bytes[from - 1] ?? 0)) from--;
  while (to < bytes.length && to - at < CELL_BYTES && !ENDS_CELL.has(bytes[to] ?? 0)) to++;
  return [from, to];
}

function lineEnds(bytes: Uint8Array): number {
  let lines = 0;
  for (let i = 0; i < bytes.length; i++) {
    const isCrOfCrLf = bytes[i] === 0x0d && bytes[i + 1] === 0x0a;
    if ((bytes[i] === 0x0a || bytes[i] === 0x0d) && !isCrOfCrLf) lines++;
  }
  return lines;
}
