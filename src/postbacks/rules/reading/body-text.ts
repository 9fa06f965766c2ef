import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import type { Notice } from '../../../platform/vocabulary/notice.js';
import { charsetOfType, decodeText, tryDecode } from './charset.js';
import { isMultipart, readMultipart } from './multipart.js';

export const MAX_BODY_BYTES = 64 * 1024;
const MAX_ENCODINGS = 3;

/** The headers of a request, and the settings of its network, that determine how its body is read. */
export interface BodyKind {
  contentType: string;
  contentEncoding: string;
  charsets: readonly string[];
}

/**
 * A body as text for `readParameters`. The log keeps this text, so a replay reads the same.
 * `message`: why the body cannot be read; `text` is then the readable part.
 */
export interface BodyText {
  text: string;
  message?: string;
  notices: Notice[];
}

type Unpacked = { ok: true; bytes: Buffer } | { ok: false; message: string };

/** Decompresses and decodes a body. The result has at most 64 KiB. */
export function toBodyText(body: Buffer, { contentType, contentEncoding, charsets }: BodyKind): BodyText {
  const unpacked = unpack(body, contentEncoding);
  if (!unpacked.ok) return { text: '', message: unpacked.message, notices: [] };
  const { bytes } = unpacked;
  if (bytes.length === 0) return { text: '', notices: [] };
  const latin1 = bytes.toString('latin1');
  if (isMultipart(contentType)) return multipartText(latin1, contentType);
  const wide = wideText(bytes, contentType);
  if (wide !== undefined) return { text: wide, notices: [] };
  const text = tryDecode(bytes, 'utf-8');
  if (text !== undefined) return { text: text.replace(/^\ufeff/, ''), notices: [] };
  if (isJson(latin1, contentType)) return jsonText(bytes, [charsetOfType(contentType) ?? [], charsets].flat());
  // A form: these bytes are decoded later, together with the percent-encoded ones.
  return {
    text: latin1.replaceAll(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`),
    notices: [],
  };
}

export function isJson(text: string, contentType: string): boolean {
  return /^\s*[{[]/.test(text) || /\bjson\b/i.test(contentType);
}

function jsonText(bytes: Buffer, charsets: readonly string[]): BodyText {
  const { text, by } = decodeText(bytes, charsets);
  return { text, notices: by === 'escaped' ? [notUtf8('The body')] : [] };
}

/** @param what the subject of the sentence. */
export function notUtf8(what: string): Notice {
  const text = `${what} is not UTF-8; bytes that cannot be read are shown in the form %E9. Set the character set in the network's mapping.charset.`;
  return { code: 'not_utf8', text };
}

function multipartText(latin1: string, contentType: string): BodyText {
  const reading = readMultipart(latin1, contentType);
  if (reading === undefined) {
    const message = 'the content type is multipart, but the body has no fields';
    return { text: Buffer.from(latin1, 'latin1').toString('utf8'), message, notices: [] };
  }
  const { form, files } = reading;
  if (files.length === 0) return { text: form, notices: [] };
  const names = files.slice(0, 5).map((name) => `"${name.slice(0, 40)}"`);
  return { text: form, notices: [{ code: 'files_ignored', text: `Files were ignored: ${names.join(', ')}.` }] };
}

function wideText(bytes: Buffer, contentType: string): string | undefined {
  const declared = charsetOfType(contentType);
  const hasByteOrderMark = (first: number, second: number): boolean => bytes[0] === first && bytes[1] === second;
  const wide = hasByteOrderMark(0xff, 0xfe) ? 'utf-16le' : hasByteOrderMark(0xfe, 0xff) ? 'utf-16be' : declared;
  if (wide !== 'utf-16le' && wide !== 'utf-16be') return undefined;
  // Some senders declare UTF-16 and send ASCII; the bytes decide.
  return bytes.includes(0) ? tryDecode(bytes, wide)?.replace(/^\ufeff/, '') : undefined;
}

function unpack(body: Buffer, contentEncoding: string): Unpacked {
  const encodings = contentEncoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity' && name !== 'utf-8');
  if (encodings.length > MAX_ENCODINGS) return { ok: false, message: 'the body is compressed more than three times' };
  // Some senders compress without the header, and others set the header without compressing.
  if (encodings.length === 0 && isGzip(body)) encodings.push('gzip');
  let bytes = body;
  for (const encoding of encodings.toReversed()) {
    const unpacked = unpackOnce(bytes, encoding);
    if (!unpacked.ok) return isText(bytes) ? { ok: true, bytes } : unpacked;
    ({ bytes } = unpacked);
  }
  return { ok: true, bytes };
}

function unpackOnce(bytes: Buffer, encoding: string): Unpacked {
  const options = { maxOutputLength: MAX_BODY_BYTES };
  try {
    switch (encoding) {
      case 'gzip':
      case 'x-gzip':
        return { ok: true, bytes: gunzipSync(bytes, options) };
      case 'deflate':
        return { ok: true, bytes: isZlib(bytes) ? inflateSync(bytes, options) : inflateRawSync(bytes, options) };
      case 'br':
        return { ok: true, bytes: brotliDecompressSync(bytes, options) };
      default:
        return {
          ok: false,
          message: `the body is compressed as "${encoding.slice(0, 40)}": send it uncompressed, or as gzip`,
        };
    }
  } catch (error) {
    const isTooLong = (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE';
    const message = isTooLong
      ? 'the body has more than 64 KiB after decompression'
      : `the content encoding is ${encoding}, but the body cannot be decompressed`;
    return { ok: false, message };
  }
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function isZlib(bytes: Buffer): boolean {
  return ((bytes[0] ?? 0) & 0x0f) === 8 && bytes.length > 1 && bytes.readUInt16BE(0) % 31 === 0;
}

/** True for uncompressed text: valid UTF-8 without control characters. */
function isText(bytes: Buffer): boolean {
  return (
    bytes.length > 0 &&
    /^[\t\n\r\x20-\x7e\x80-\xff]+$/.test(bytes.toString('latin1')) &&
    tryDecode(bytes, 'utf-8') !== undefined
  );
}
