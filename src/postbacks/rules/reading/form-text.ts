import type { Parameter } from '../../../networks/rules/reading/parameter.js';
import { decodeText } from './charset.js';

export interface FormReading {
  parameters: Parameter[];
  /** Names of parameters that no known character set decodes; their bytes are written as `%E9`. */
  unreadable: string[];
  /** True if one of the given character sets was needed. */
  usedCharset: boolean;
}

const NOTHING_ENCODED = /^[^%+\x80-\uffff]*$/;
/** In this character set, a byte of an ASCII letter may be a part of another letter. */
const STATEFUL = 'iso-2022-jp';
const REPLACEMENT = '\ufffd';

/**
 * Reads the pairs of a query or a form.
 * @param charsets WHATWG names of character sets for bytes that are not UTF-8.
 */
export function readForm(text: string, charsets: readonly string[] = []): FormReading {
  const isAsciiSafe = !charsets.includes(STATEFUL);
  if (isAsciiSafe && NOTHING_ENCODED.test(text))
    return { parameters: unencodedPairs(text), unreadable: [], usedCharset: false };
  const reading: FormReading = { parameters: [], unreadable: [], usedCharset: false };
  // URLSearchParams is by far the fastest decoder. It drops a leading `?`, and writes U+FFFD for bytes that it cannot decode.
  const pairs = [...new URLSearchParams(text.startsWith('?') ? `?${text}` : text)];
  const isDecoded =
    !pairs.some(([name, value]) => name.includes(REPLACEMENT) || value.includes(REPLACEMENT)) && isAsciiSafe;
  if (isDecoded) {
    reading.parameters = pairs.map(([name, value]) => ({ name, value }));
    return reading;
  }
  for (const pair of text.split('&')) if (pair !== '') readPair(pair, charsets, reading);
  return reading;
}

function unencodedPairs(text: string): Parameter[] {
  const parameters: Parameter[] = [];
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    parameters.push(
      equals < 0 ? { name: pair, value: '' } : { name: pair.slice(0, equals), value: pair.slice(equals + 1) },
    );
  }
  return parameters;
}

function readPair(pair: string, charsets: readonly string[], reading: FormReading): void {
  const equals = pair.indexOf('=');
  const rawName = equals < 0 ? pair : pair.slice(0, equals);
  const name = decodeText(bytesOf(rawName), charsets);
  const value = decodeText(bytesOf(equals < 0 ? '' : pair.slice(equals + 1)), charsets);
  reading.parameters.push({ name: name.text, value: value.text });
  if (name.by === 'escaped' || value.by === 'escaped') reading.unreadable.push(name.text);
  if (name.by === 'charset' || value.by === 'charset') reading.usedCharset = true;
}

/** Decodes percent-encoded text to bytes. A `%` without two hexadecimal digits is kept. */
function bytesOf(text: string): Uint8Array {
  const bytes = Buffer.from(text.replaceAll('+', ' '), 'utf8');
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    const hex = byte === 0x25 ? hexAt(bytes, at + 1) : undefined;
    bytes[length++] = hex ?? byte;
    if (hex !== undefined) at += 2;
  }
  return bytes.subarray(0, length);
}

function hexAt(bytes: Uint8Array, at: number): number | undefined {
  const high = digit(bytes[at]);
  const low = digit(bytes[at + 1]);
  return high === undefined || low === undefined ? undefined : high * 16 + low;
}

function digit(code: number | undefined): number | undefined {
  if (code === undefined) return undefined;
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : undefined;
}
