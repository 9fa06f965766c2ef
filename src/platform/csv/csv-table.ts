import { isEmptyCell } from '../text/no-value.js';

/** The number of columns of a header row, without empty names at its end. */
export function columnCount(header: readonly string[]): number {
  return header.findLastIndex((name) => name.trim() !== '') + 1;
}

/** The cells of a row beyond the last column. Empty cells at the end come from trailing separators. */
export function surplusCells(fields: readonly string[], columns: number): string[] {
  return fields.slice(columns).filter((field) => field.trim() !== '');
}

const MAX_SHOWN = 5;
const MAX_SHOWN_CHARS = 40;

/** Explains why a row with surplus cells is refused: its values would be in the wrong columns. */
export function surplusHint(fields: readonly string[], columns: number): string {
  const surplus = surplusCells(fields, columns);
  const shown = surplus.slice(0, MAX_SHOWN).map((cell) => `"${cut(cell.trim())}"`);
  const more = surplus.length > MAX_SHOWN ? ` and ${surplus.length - MAX_SHOWN} more` : '';
  const cells = `The row has ${columns + surplus.length} cells for ${columns} columns; left over: ${shown.join(', ')}${more}.`;
  return `${cells} A value with a separator in it must stand in quotes: "1,234.56".`;
}

/**
 * Whether a row repeats the header, as in concatenated files.
 * @returns `same`: the same columns in the same order; `other`: other columns, so that another table follows.
 */
export function repeatedHeader(header: readonly string[], fields: readonly string[]): 'same' | 'other' | undefined {
  const { names, known: all } = plainNamesOf(header);
  const cells = fields.map(plain);
  const isSame =
    names.every((name, i) => name === (cells[i] ?? '')) && cells.slice(names.length).every((c) => c === '');
  if (isSame) return 'same';
  const filled = cells.filter((cell) => cell !== '');
  const known = filled.filter((cell) => all.has(cell)).length;
  return known > 1 && known * 2 >= filled.length ? 'other' : undefined;
}

interface PlainNames {
  names: readonly string[];
  known: ReadonlySet<string>;
}

/** Cached, because every row is compared with the same column names. */
const plainNames = new WeakMap<readonly string[], PlainNames>();

function plainNamesOf(header: readonly string[]): PlainNames {
  const before = plainNames.get(header);
  if (before !== undefined) return before;
  const names = header.map(plain);
  const made = { names, known: new Set(names) };
  plainNames.set(header, made);
  return made;
}

/** Whether a row is a spreadsheet's `sep=` line, in the middle of concatenated files. */
export function isSeparatorLine(fields: readonly string[]): boolean {
  return /^\ufeff?sep=/i.test(fields[0] ?? '') && fields.slice(1).every((field) => field.trim() === '');
}

const TOTAL =
  /^(?:(?:grand|sub|report)?[ -]?totals?|sum|summe|gesamt(?:summe)?|insgesamt|итого|всего|total général|totale|suma|toplam)\s*:?$/iu;

/** Whether a row has the totals of a table: its first text says so, and all other cells are numbers. */
export function isTotalRow(fields: readonly string[]): boolean {
  const [first = '', ...others] = fields.map((field) => field.trim()).filter((field) => field !== '');
  return TOTAL.test(first) && others.every((cell) => isEmptyCell(cell) || /^[\p{Sc}\d\s.,'%()+-]+$/u.test(cell));
}

function plain(cell: string): string {
  return cell
    .replace(/^\ufeff/, '')
    .trim()
    .toLowerCase();
}

function cut(text: string): string {
  return text.length > MAX_SHOWN_CHARS ? `${text.slice(0, MAX_SHOWN_CHARS)}…` : text;
}
