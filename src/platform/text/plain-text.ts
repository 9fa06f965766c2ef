// Pure functions on texts from other systems. Start here: most readers normalise a text with `plainText` first.
// no-value.ts recognises texts for a missing value.

const ASCII = /^[\x20-\x7e]*$/;
const MINUS_SIGNS = /[\u2010-\u2015\u2212\u207b\u208b\ufe58\ufe63\u2796]/gu;
const INVISIBLE = /\p{Cf}/gu;
const SPACES = /\p{Zs}/gu;

/**
 * The text with ASCII in place of its look-alikes: digits of any script (`٣`, `३`, `３`), full-width letters and
 * punctuation, Arabic separators, minus signs, dashes and all spaces. Invisible characters are removed, and the ends trimmed.
 */
export function plainText(text: string): string {
  if (ASCII.test(text)) return text.trim();
  return text
    .replaceAll(INVISIBLE, '')
    .replaceAll(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replaceAll(/\p{Nd}/gu, asciiDigit)
    .replaceAll(MINUS_SIGNS, '-')
    .replaceAll('\u066b', '.')
    .replaceAll(/[\u066c\u060c\u3001]/g, ',')
    .replaceAll('\u3002', '.')
    .replaceAll(SPACES, ' ')
    .trim();
}

/** The digits of each script are ten consecutive code points, and the first code ends with 0 or 6 (Unicode, Nd). */
function asciiDigit(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x80) return char;
  if (code >= 0x1d7ce && code <= 0x1d7ff) return String((code - 0x1d7ce) % 10);
  const block = code & ~0xf;
  const zero = /\p{Nd}/u.test(String.fromCodePoint(block)) ? block : block + 6;
  return String(code - zero);
}

const QUOTES: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['\u201c', '\u201d'],
  ['\u201e', '\u201c'],
  ['\u201e', '\u201d'],
  ['\u2018', '\u2019'],
  ['\u00ab', '\u00bb'],
  ['\u00bb', '\u00ab'],
];

/** A fast check: most texts begin with a letter, a digit or a sign. */
const MAY_BE_QUOTED = /^[="'`\u2018\u201c\u201e\u00ab\u00bb]/;

/** Removes quotes around the text, the `=` of a spreadsheet's `="50"`, and the apostrophe that marks a cell as text. */
export function unquoted(text: string): string {
  let plain = text.trim();
  if (!MAY_BE_QUOTED.test(plain)) return plain;
  for (let round = 0; round < 3; round++) {
    const before = plain;
    if (/^=\s*["'\u201c]/.test(plain)) plain = plain.slice(1).trim();
    for (const [open, close] of QUOTES) {
      if (plain.length >= 2 && plain.startsWith(open) && plain.endsWith(close)) plain = plain.slice(1, -1).trim();
    }
    if (plain === before) break;
  }
  return /^'[^']*$/.test(plain) ? plain.slice(1).trim() : plain;
}
