import { isNothing } from './csv-table.js';

/** What a cell can be. `null` and `undefined` are empty cells. */
export type CsvCell = string | number | boolean | null | undefined;

const PLAIN_NUMBER = /^-?\d+(?:\.\d+)?$/;
/** What makes spreadsheets take text for a formula, or hides that it is one (OWASP, "CSV Injection"). */
const FORMULA_START = /^(?:["\s]*[=+\-@＝＋－＠]|[\t\r\n])/;
/** The same behind apostrophes: one more goes before them, so that taking one off gives back what was there. */
const GUARDED_START = /^'+(?:["\s]*[=+\-@＝＋－＠]|[\t\r\n])/;
/** What may stand before a formula later on; each run is looked at once, however long. */
const LATER_START = /(?<![;"\s])[;"\s]+(?='*[=+\-@＝＋－＠])/g;
const LATER_GUARDED = /(?<![;"\s])([;"\s]+)'(?='*[=+\-@＝＋－＠])/g;
const LATER_UNGUARDED = /(?<![;"\s])[;"\s]+(?=[=+\-@＝＋－＠])/g;
/** Where a spreadsheet of another locale, which parts cells at `;` or a tab, would see a new cell or row begin. */
const BEGINS_CELL = /[;\t\r\n]/;
const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/;

/** One row of CSV (RFC 4180) with its line end. Text that a spreadsheet would run as a formula is made harmless. */
export function csvRow(cells: readonly CsvCell[]): string {
  // A row of one empty cell would be a blank line, which readers skip.
  const row = cells.length === 1 && toText(cells[0]) === '' ? '""' : cells.map(toField).join(',');
  return `${row}\r\n`;
}

/** Text that no spreadsheet runs: an apostrophe goes before what begins like a formula. A plain number stays one. */
export function harmless(text: string): string {
  if (PLAIN_NUMBER.test(text)) return text;
  const safe = text.replaceAll(LATER_START, (run) => (BEGINS_CELL.test(run) ? `${run}'` : run));
  return FORMULA_START.test(safe) || GUARDED_START.test(safe) ? `'${safe}` : safe;
}

/** The text that `harmless` was given. Text that `harmless` cannot have made stays, but for an apostrophe before a formula. */
export function withoutGuard(text: string): string {
  const bare = GUARDED_START.test(text) ? text.slice(1) : text;
  const isOurs = [...text.matchAll(LATER_UNGUARDED)].every(([run]) => !BEGINS_CELL.test(run));
  if (!isOurs) return bare;
  return bare.replaceAll(LATER_GUARDED, (whole, run: string) => (BEGINS_CELL.test(run) ? run : whole));
}

function toField(cell: CsvCell): string {
  const text = harmless(toText(cell));
  // What readers take for an empty cell is text when it is quoted.
  const needsQuotes = NEEDS_QUOTES.test(text) || (text !== '' && isNothing(text));
  return needsQuotes ? `"${text.replaceAll('"', '""')}"` : text;
}

function toText(cell: CsvCell): string {
  return cell === null || cell === undefined ? '' : String(cell);
}
