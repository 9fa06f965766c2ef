import { plainText, unquoted } from './plain-text.js';

const MAX_CHARS = 40;

/** Words that senders use for a missing value, in lower case, without spaces and punctuation. */
const WORDS: ReadonlySet<string> = new Set(
  [
    'null undefined undef none nil nan na n/a nd n/d nul nothing false empty blank unknown missing unset tbd notset',
    'notprovided notavailable notapplicable notspecified notdefined notfound nodata novalue noid noname isnull',
    'objectobject ref! value! name? n/a! num! null!',
  ]
    .join(' ')
    .split(' '),
);

/** Most texts match this, which allows a fast check. */
const SIMPLE_WORD = /^[A-Za-z]+$/;
const SIMPLE_VALUE = /^[\w.:+-]*\d[\w.:+-]*$/;

/**
 * Whether a text means that there is no value: it is empty, has no letter, digit or currency sign, or is a word such as
 * `null`, `N/A` or `not set`, in any brackets or quotes.
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

/** Whether a text identifies nothing: a word for no value, a UUID of zeros, or `-1`. */
export function isNoIdentity(text: string): boolean {
  return isNoValue(text) || /^-1$|^[{(]?0{8}-?0{4}-?0{4}-?0{4}-?0{12}[)}]?$/.test(text.trim());
}
