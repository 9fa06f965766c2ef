import { plainText, unquoted } from './plain-text.js';

const MAX_CHARS = 40;

/** Words that programs write for a missing value: databases, Python, JavaScript and spreadsheets. */
const PROGRAM_WORDS = 'null undefined nil none nan n/a';
/** More words that senders of postbacks put where they have nothing, without spaces, marks and case. */
const SENDER_WORDS = [
  'undef na nd n/d nul nothing false empty blank unknown missing unset tbd notset',
  'notprovided notavailable notapplicable notspecified notdefined notfound nodata novalue noid noname isnull',
  'objectobject ref! value! name? n/a! num! null!',
];
const WORDS: ReadonlySet<string> = new Set([PROGRAM_WORDS, ...SENDER_WORDS].join(' ').split(' '));

/** Most texts match this, which allows a fast check. */
const SIMPLE_WORD = /^[A-Za-z]+$/;
const SIMPLE_VALUE = /^[\w.:+-]*\d[\w.:+-]*$/;

/**
 * Whether a value of a report says that there is none: it is empty, holds no letter, digit or currency sign, or is a word such
 * as `null`, `N/A` or `not set`, in whatever brackets or quotes. For postbacks, rows of conversions and their amounts and times.
 */
export function isNoValue(text: string): boolean {
  if (text.length > MAX_CHARS) return text.trim() === '';
  if (SIMPLE_WORD.test(text)) return WORDS.has(text.toLowerCase());
  if (SIMPLE_VALUE.test(text)) return false;
  if (!/[\p{L}\p{N}\p{Sc}]/u.test(text)) return true;
  const plain = unquoted(plainText(text)).toLowerCase();
  if (/\d/.test(plain)) return plain === '#div/0!';
  if (plain === '\\n') return true;
  const bare = plain.replaceAll(/[\s._"'`<>()[\]{}#|\\-]+/g, '');
  return bare === '' || WORDS.has(bare);
}

const MAX_CELL_CHARS = 12;
const CELL_WORDS = PROGRAM_WORDS.replaceAll(' ', '|');
const EMPTY_CELL = new RegExp(
  `^(?:${CELL_WORDS}|\\\\n|\\(null\\)|\\[null\\]|<null>|#(?:null|value|ref|name\\?|n/a)!?|[-–—])$`,
  'i',
);

/**
 * Whether a cell of free text is empty, as `NULL` and `\N` are. Only the words of programs count: `false` is a value of a link's
 * flag, and `Unknown` may be its title.
 */
export function isEmptyCell(cell: string): boolean {
  return cell === '' || (cell.length <= MAX_CELL_CHARS && EMPTY_CELL.test(cell));
}

/** Whether a text identifies nothing: a word for no value, a UUID of zeros, or `-1`. */
export function isNoIdentity(text: string): boolean {
  return isNoValue(text) || /^-1$|^[{(]?0{8}-?0{4}-?0{4}-?0{4}-?0{12}[)}]?$/.test(text.trim());
}
