import type { IncomingHttpHeaders } from 'node:http';
import { isHostHeader } from '../platform/http/requests/host-header.js';
import type { CommonHeader, EdgeRequest } from './edge-request.js';

/** Longer heads are left to Node, which refuses them. */
export const MAX_HEAD_BYTES = 16 * 1024;
/** Node ignores headers beyond its `maxHeadersCount`, by default 2,000 names and values. */
const MAX_HEADERS = 1_000;

// A strict subset of RFC 9112: origin-form target, each line with CRLF, no folding, no control characters.
const WHOLE =
  /^(?:GET|HEAD) \/[!"$-~]* HTTP\/1\.1\r\n(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e\x80-\xff]*\r\n)+\r\n$/;

type FoundHeader = CommonHeader | 'host' | 'connection';
type FoundHeaders = Record<FoundHeader, string | undefined>;

/** A GET or HEAD without a body that the strict reader has read. */
export class FastRequest implements EdgeRequest {
  private all: IncomingHttpHeaders | undefined;

  constructor(
    private readonly text: string,
    readonly isHead: boolean,
    readonly url: string,
    readonly host: string,
    private readonly found: FoundHeaders,
    /** The client asked for the connection to be closed after the answer. */
    readonly closes: boolean,
    readonly remoteAddress: string,
  ) {}

  get method(): string {
    return this.isHead ? 'HEAD' : 'GET';
  }

  get headers(): IncomingHttpHeaders {
    return (this.all ??= readHeaders(this.text));
  }

  header(name: CommonHeader): string | undefined {
    return this.found[name];
  }

  readBody(): undefined {
    return undefined;
  }
}

/**
 * Reads a simple GET or HEAD, and never guesses. Anything else (a body, an upgrade, a repeated common header, a second
 * request) gives `undefined` and is left to Node's parser. A differential test proves that Node reads these requests
 * in the same way.
 * @param text the bytes as latin1.
 */
export function readRequestHead(text: string, remoteAddress = ''): FastRequest | undefined {
  // The cheap check first: a head that arrives byte by byte is not read again for each byte.
  if (text.length > MAX_HEAD_BYTES || !text.endsWith('\r\n\r\n')) return undefined;
  if (!WHOLE.test(text)) return undefined;
  const isHead = text.charCodeAt(0) === 72; // H
  const urlStart = isHead ? 5 : 4;
  const urlEnd = text.indexOf(' ', urlStart);
  const found: FoundHeaders = {
    host: undefined,
    'user-agent': undefined,
    'accept-language': undefined,
    referer: undefined,
    'x-forwarded-for': undefined,
    connection: undefined,
    'sec-purpose': undefined,
    purpose: undefined,
    'x-moz': undefined,
    'x-purpose': undefined,
    cookie: undefined,
    dnt: undefined,
    'sec-gpc': undefined,
  };
  const end = text.length - 2;
  let headers = 0;
  for (let line = urlEnd + ' HTTP/1.1\r\n'.length; line < end;) {
    if (++headers > MAX_HEADERS) return undefined;
    const lineEnd = text.indexOf('\r\n', line);
    const colon = text.indexOf(':', line);
    const name = foundHeader(text, line, colon);
    if (name !== undefined) {
      if (name === 'refused' || found[name] !== undefined) return undefined;
      found[name] = name === 'connection' ? text.slice(colon + 1, lineEnd) : trimmed(text, colon + 1, lineEnd);
    }
    line = lineEnd + 2;
  }
  const { host, connection } = found;
  if (host === undefined || !isHostHeader(host)) return undefined;
  // For Node's parser, `close` followed by a tab is not `close`.
  const closes = connection !== undefined && /^ ?close$/i.test(connection);
  if (connection !== undefined && !closes && !/^ ?keep-alive$/i.test(connection)) return undefined;
  return new FastRequest(text, isHead, text.slice(urlStart, urlEnd), host, found, closes, remoteAddress);
}

/** All headers of a head that `readRequestHead` reads, with Node's rules for repeated names (http, `message.headers`). */
function readHeaders(text: string): IncomingHttpHeaders {
  const headers: Record<string, string | string[] | undefined> = {};
  const end = text.length - 2;
  for (let line = text.indexOf('\r\n') + 2; line < end;) {
    const lineEnd = text.indexOf('\r\n', line);
    const colon = text.indexOf(':', line);
    addHeader(headers, text.slice(line, colon).toLowerCase(), trimmed(text, colon + 1, lineEnd));
    line = lineEnd + 2;
  }
  return headers;
}

function addHeader(headers: Record<string, string | string[] | undefined>, name: string, value: string): void {
  const before = headers[name];
  if (name === 'set-cookie') headers[name] = Array.isArray(before) ? [...before, value] : [value];
  else if (typeof before !== 'string') headers[name] = value;
  else if (!FIRST_ONE_COUNTS.has(name)) headers[name] = `${before}, ${value}`;
}

/** Node keeps the first of these lines and drops the others. Common headers are missing here: they are never repeated. */
const FIRST_ONE_COUNTS: ReadonlySet<string> = new Set([
  'age',
  'authorization',
  'content-type',
  'etag',
  'expires',
  'from',
  'if-modified-since',
  'if-unmodified-since',
  'last-modified',
  'location',
  'max-forwards',
  'proxy-authorization',
  'retry-after',
  'server',
]);

/** `refused`: a request with this header is not a simple one. */
const NAMES: [string, FoundHeader | 'refused'][] = [
  ['host', 'host'],
  ['user-agent', 'user-agent'],
  ['accept-language', 'accept-language'],
  ['referer', 'referer'],
  ['x-forwarded-for', 'x-forwarded-for'],
  ['connection', 'connection'],
  ['sec-purpose', 'sec-purpose'],
  ['purpose', 'purpose'],
  ['x-moz', 'x-moz'],
  ['x-purpose', 'x-purpose'],
  ['cookie', 'cookie'],
  ['dnt', 'dnt'],
  ['sec-gpc', 'sec-gpc'],
  ['content-length', 'refused'],
  ['transfer-encoding', 'refused'],
  ['upgrade', 'refused'],
  ['expect', 'refused'],
  ['proxy-connection', 'refused'],
];
const LENGTHS = new Set(NAMES.map(([name]) => name.length));
/** Also in the spelling of most clients, such as `User-Agent`, which saves the conversion to lower case. */
const FOUND = new Map(NAMES.flatMap(([name, found]) => [[name, found] as const, [titleCase(name), found] as const]));

function titleCase(name: string): string {
  return name.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

function foundHeader(text: string, start: number, end: number): FoundHeader | 'refused' | undefined {
  if (!LENGTHS.has(end - start)) return undefined;
  const name = text.slice(start, end);
  return FOUND.get(name) ?? FOUND.get(name.toLowerCase());
}

/** Removes the spaces and tabs around a header's value (RFC 9110, 5.5). */
function trimmed(text: string, from: number, to: number): string {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}
