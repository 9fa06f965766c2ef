/** A possible character set of a file, and the text of a cell with it. */
export interface CharsetChoice {
  value: string;
  example: string;
}

/** Labels that programs use and that the WHATWG list does not contain. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'utf-8-sig': 'utf-8',
    'utf-8-bom': 'utf-8',
    utf8mb4: 'utf-8',
    '65001': 'utf-8',
    cp65001: 'utf-8',
    cp932: 'shift_jis',
    cp936: 'gb18030',
    cp949: 'euc-kr',
    cp950: 'big5',
  }),
);
const CODE_PAGE = /^(?:cp|win|windows|ansi)?[-_ ]?(125[0-8]|874)$/;

/**
 * The Encoding Standard's name for a label such as `windows-1251`, `cp1251` or `latin1`.
 * @returns `undefined` for a label that this runtime cannot decode.
 */
export function encodingOf(label: string): string | undefined {
  const plain = label.trim().toLowerCase();
  const [, page] = CODE_PAGE.exec(plain) ?? [];
  const known = page === undefined ? (OTHER_NAMES.get(plain) ?? plain) : `windows-${page}`;
  try {
    const { encoding } = new TextDecoder(known);
    return encoding === 'x-user-defined' ? undefined : encoding;
  } catch {
    return undefined;
  }
}

/** Whether a label carries no information: programs declare ASCII after checking the first bytes only. */
export function saysNothing(label: string): boolean {
  return /^(?:us-)?ascii$|^(?:ansi_x3.4-1968|binary|unknown-8bit)$/i.test(label.trim());
}

/** The encoding of a file's byte order mark. @param start its first four bytes or more. */
export function encodingOfMark(start: Uint8Array): string | undefined {
  const [a, b, c] = start;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  return a === 0xfe && b === 0xff ? 'utf-16be' : undefined;
}

const CANDIDATES = [
  'windows-1252',
  'windows-1251',
  'windows-1250',
  'windows-1253',
  'windows-1254',
  'windows-1257',
  'windows-1255',
  'windows-1256',
  'windows-874',
  'koi8-r',
  'ibm866',
  'macintosh',
  'shift_jis',
  'gb18030',
  'big5',
  'euc-kr',
  'euc-jp',
] as const;
const SAMPLE_BYTES = 4_096;
const MAX_EXAMPLE_CHARS = 60;
/** Control characters, private use characters, and the replacement character of undecodable bytes. */
const UNLIKELY = /[\u0080-\u009f\ufffd\ue000-\uf8ff]/;

/**
 * The possible character sets of these bytes, the likeliest first. Of those with the same text only one is listed.
 * @param bytes from the cell on; they may end in the middle of a character.
 * @param cell the part of them that is the first cell with non-ASCII text.
 */
export function charsetChoices(bytes: Uint8Array, cell: Uint8Array): CharsetChoice[] {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const readings = new Map<string, { value: string; example: string; oddity: number }>();
  for (const value of CANDIDATES) {
    const text = decodedWhole(value, sample);
    if (text === undefined || UNLIKELY.test(text) || readings.has(text)) continue;
    readings.set(text, { value, example: exampleOf(value, cell), oddity: oddityOf(text) });
  }
  return [...readings.values()]
    .toSorted((a, b) => a.oddity - b.oddity)
    .map(({ value, example }) => ({ value, example }));
}

/** The text of a cell in a character set, cut to fit into a message. */
export function exampleOf(charset: string, cell: Uint8Array): string {
  const text = new TextDecoder(charset).decode(cell).trim();
  return text.length > MAX_EXAMPLE_CHARS ? `${text.slice(0, MAX_EXAMPLE_CHARS)}…` : text;
}

function decodedWhole(charset: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

/** Patterns that are rare in real words. They only determine the order of the choices. */
const ODD = [
  /\p{Ll}\p{Lu}/gu, // "дЕОНГХР"
  /[À-ÖØ-öø-ɏ]{3,}/g, // "Äåïîçèò"
  /[a-z][\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Thai}\p{Script=Han}]/giu,
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Thai}\p{Script=Han}][a-z]/giu,
  /[^\p{ASCII}\p{L}\p{M}–—’‘“”„«»…€£№°©®™\u00a0]/gu,
];

function oddityOf(text: string): number {
  return ODD.reduce((sum, pattern) => sum + [...text.matchAll(pattern)].reduce((n, [hit]) => n + hit.length, 0), 0);
}
