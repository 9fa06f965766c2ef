import { isUtf8 } from 'node:buffer';

/*
 * Text of a URL whose bytes may not be UTF-8. An invalid byte becomes one half of a surrogate pair, U+DC80 to U+DCFF,
 * which UTF-8 never contains (Python's "surrogateescape"). So different bytes stay different texts, and can be sent on
 * unchanged.
 */

const ESCAPE_BASE = 0xdc00;
const HAS_HIGH = /[^\0-\x7f]/;
const NEEDS_DECODING = /[%\x80-\uffff]/;

/**
 * Decodes text of a URL: percent-encoding, and bytes above 127 as Node gives them (one character for each byte). A `%`
 * without an encoding is kept. Never throws.
 */
export function decodePercent(text: string): string {
  if (!NEEDS_DECODING.test(text)) return text;
  if (!HAS_HIGH.test(text)) {
    try {
      return decodeURIComponent(text);
    } catch {
      // Not UTF-8, or a % without an encoding.
    }
  }
  return readBytes(percentBytes(text));
}

/** Like `decodePercent`, for a name or value of a query, where a `+` is a space. */
export function decodeQueryText(text: string): string {
  return decodePercent(text.includes('+') ? text.replaceAll('+', ' ') : text);
}

/** Decodes a header's value as Node gives it, with one character for each byte. */
export function decodeHeader(latin1: string): string {
  return HAS_HIGH.test(latin1) ? readBytes(Buffer.from(latin1, 'latin1')) : latin1;
}

/** Like `encodeURIComponent`, but restores invalid bytes. Never throws. */
export function encodePercent(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text
      .split(/(\p{Surrogate})/u)
      .map((piece, i) => (i % 2 === 0 ? encodeURIComponent(piece) : encodedHalf(piece)))
      .join('');
  }
}

/**
 * A decoded text for display and storage. Invalid bytes become `%CF`, and text that already looks like that becomes
 * `%25CF`.
 */
export function readableText(text: string): string {
  if (!/\p{Surrogate}/u.test(text)) return text;
  return text.replaceAll(/%|\p{Surrogate}/gu, (half) => (half === '%' ? '%25' : encodedHalf(half)));
}

/** Characters that must be encoded in a parameter. `;` and `?` too: some destinations begin a new parameter there. */
const UNSAFE = /%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~!$'()*+,=:@/%]/g;
const IS_SAFE = /^(?:[A-Za-z0-9\-._~!$'()*+,=:@/]|%[0-9A-Fa-f]{2})*$/;

/** Encodes a parameter for another URL. Existing encodings and safe characters are kept. @param sent as received. */
export function cleanParameter(sent: string): string {
  if (IS_SAFE.test(sent)) return sent;
  return sent.replaceAll(UNSAFE, (character) => {
    const code = character.charCodeAt(0);
    return code > 0xff ? encodePercent(character) : encodedByte(code);
  });
}

/** A query as received, in printable ASCII. */
export function printableQuery(rawQuery: string): string {
  return rawQuery.replaceAll(/[^\x21-\x7e]/g, (character) => encodedByte(character.charCodeAt(0) & 0xff));
}

function encodedHalf(half: string): string {
  const byte = half.charCodeAt(0) - ESCAPE_BASE;
  return byte >= 0x80 && byte <= 0xff ? encodedByte(byte) : '%EF%BF%BD';
}

function encodedByte(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Text with characters beyond one byte did not come from a request: its UTF-8 bytes are used. */
function percentBytes(text: string): Buffer {
  const bytes = /[^\0-\xff]/.test(text) ? Buffer.from(text, 'utf8') : Buffer.from(text, 'latin1');
  let end = 0;
  for (let at = 0; at < bytes.length; at++, end++) {
    const byte = bytes[at] ?? 0;
    const [high, low] = [hexDigit(bytes[at + 1]), hexDigit(bytes[at + 2])];
    const isEncoded = byte === PERCENT && high >= 0 && low >= 0;
    bytes[end] = isEncoded ? high * 16 + low : byte;
    if (isEncoded) at += 2;
  }
  return bytes.subarray(0, end);
}

const PERCENT = 0x25;

function hexDigit(code = 0): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

function readBytes(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes[at]);
    const sequence = bytes.subarray(at, at + length);
    const isReadable = length > 0 && sequence.length === length && isUtf8(sequence);
    text += isReadable ? sequence.toString('utf8') : String.fromCharCode(ESCAPE_BASE + (bytes[at] ?? 0));
    at += isReadable ? length : 1;
  }
  return text;
}

/** The length in bytes of a UTF-8 character that begins with this byte; 0 when none does. */
function sequenceLength(lead = 0): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc2) return 0;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}
