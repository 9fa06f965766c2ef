import { isEmptyCell } from '../text/no-value.js';

// CSV: writing (this file, csv-download.ts) and reading. Start here for cells, and at csv-reader.ts for reading:
// file-decoder.ts decodes bytes, csv-head.ts finds the format, csv-table.ts checks rows.

/** The value of a cell. `null` and `undefined` are empty cells. */
export type CsvCell = string | number | boolean | null | undefined;

const PLAIN_NUMBER = /^-?\d+(?:\.\d+)?$/;
/** Beginnings that spreadsheets read as a formula, or that hide one (OWASP, "CSV Injection"). */
const FORMULA_START = /^(?:["\s]*[=+\-@＝＋－＠]|[\t\r\n])/;
/** The same after apostrophes. One more is added, so that removing one restores the text. */
const GUARDED_START = /^'+(?:["\s]*[=+\-@＝＋－＠]|[\t\r\n])/;
/** Characters before a possible formula within the text; each run is checked once, however long. */
const LATER_START = /(?<![;"\s])[;"\s]+(?='*[=+\-@＝＋－＠])/g;
const LATER_GUARDED = /(?<![;"\s])([;"\s]+)'(?='*[=+\-@＝＋－＠])/g;
const LATER_UNGUARDED = /(?<![;"\s])[;"\s]+(?=[=+\-@＝＋－＠])/g;
/** Characters at which a spreadsheet of another locale would begin a new cell or row. */
const BEGINS_CELL = /[;\t\r\n]/;
const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/;

/** One row of CSV (RFC 4180) with its line end. Text that a spreadsheet would run as a formula is made harmless. */
export function csvRow(cells: readonly CsvCell[]): string {
  // A row of one empty cell would be a blank line, which readers skip.
  const row = cells.length === 1 && toText(cells[0]) === '' ? '""' : cells.map(toField).join(',');
  return `${row}\r\n`;
}

/** Text that no spreadsheet runs: an apostrophe is added before a possible formula. Numbers are not changed. */
export function harmless(text: string): string {
  if (PLAIN_NUMBER.test(text)) return text;
  const safe = text.replaceAll(LATER_START, (run) => (BEGINS_CELL.test(run) ? `${run}'` : run));
  return FORMULA_START.test(safe) || GUARDED_START.test(safe) ? `'${safe}` : safe;
}

/** Reverses `harmless`. Other text is not changed, except for an apostrophe before a formula. */
export function withoutGuard(text: string): string {
  const bare = GUARDED_START.test(text) ? text.slice(1) : text;
  const isOurs = [...text.matchAll(LATER_UNGUARDED)].every(([run]) => !BEGINS_CELL.test(run));
  if (!isOurs) return bare;
  return bare.replaceAll(LATER_GUARDED, (whole, run: string) => (BEGINS_CELL.test(run) ? run : whole));
}

function toField(cell: CsvCell): string {
  const text = harmless(toText(cell));
  // Quotes make readers keep texts such as NULL, which are else an empty cell.
  const needsQuotes = NEEDS_QUOTES.test(text) || (text !== '' && isEmptyCell(text));
  return needsQuotes ? `"${text.replaceAll('"', '""')}"` : text;
}

function toText(cell: CsvCell): string {
  return cell === null || cell === undefined ? '' : String(cell);
}
