const LATIN_ESCAPE = 0x1b;
/** Character sets with two bytes for each ASCII letter; `wideText` in body-text.ts reads them. */
const WIDE: ReadonlySet<string> = new Set(['utf-16le', 'utf-16be']);
const STATEFUL = 'iso-2022-jp';
// The group matches a byte that is not UTF-8; see table 3-7 of the Unicode standard.
const UTF8_OR_NOT =
  /[\0-\x7f]+|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|([\s\S])/g;

export interface CharsetDecoding {
  text: string;
  /** `charset`: decoded by one of the given character sets. `escaped`: bytes that are not UTF-8 are written as `%E9`. */
  by: 'utf-8' | 'charset' | 'escaped';
}

/** The WHATWG name of a character set; `undefined` for one that this runtime cannot read. */
export function charsetOf(label: string | undefined): string | undefined {
  if (label === undefined) return undefined;
  if (/^utf-?8$/i.test(label)) return 'utf-8'; // the usual case, without a TextDecoder
  try {
    return new TextDecoder(label.trim()).encoding;
  } catch {
    return undefined;
  }
}

/** The character set that a `Content-Type` names. */
export function charsetOfType(contentType: string): string | undefined {
  return charsetOf(/;\s*charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(contentType)?.[1]);
}

/**
 * Decodes bytes. UTF-8 is tried first: other text is hardly ever valid UTF-8 by chance, while senders declare character
 * sets that they do not use. Bytes that cannot be decoded are written as `%E9`, so different texts stay different.
 * @param charsets WHATWG names, in the order in which they are tried.
 */
export function decodeText(bytes: Uint8Array, charsets: readonly string[]): CharsetDecoding {
  if (bytes.includes(LATIN_ESCAPE) && charsets.includes(STATEFUL)) {
    const text = tryDecode(bytes, STATEFUL);
    if (text !== undefined) return { text, by: 'charset' };
  }
  const utf8 = tryDecode(bytes, 'utf-8');
  if (utf8 !== undefined) return { text: utf8, by: 'utf-8' };
  for (const charset of charsets) {
    if (charset === 'utf-8' || WIDE.has(charset)) continue;
    const text = tryDecode(bytes, charset);
    if (text !== undefined) return { text, by: 'charset' };
  }
  return { text: escapeBytes(bytes), by: 'escaped' };
}

/** @returns `undefined` if some bytes are not valid in this character set. */
export function tryDecode(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function escapeBytes(bytes: Uint8Array): string {
  const latin1 = Buffer.from(bytes).toString('latin1');
  const escaped = latin1.replaceAll(UTF8_OR_NOT, (found, wrong: string | undefined) =>
    wrong === undefined ? found : `%${wrong.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return Buffer.from(escaped, 'latin1').toString('utf8');
}
