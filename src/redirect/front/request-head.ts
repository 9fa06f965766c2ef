import { isHostHeader } from '../../platform/http/host-header.js';

/** The head of a request, of those few headers that a redirect reads. */
export interface RequestHead {
  isHead: boolean;
  url: string;
  host: string;
  userAgent: string;
  acceptLanguage: string;
  referrer: string;
  forwardedFor: string | undefined;
  purpose: string | undefined;
  cookie: string;
  /** `DNT: 1` or `Sec-GPC: 1`. */
  doNotTrack: boolean;
  /** The client asked for the connection to be closed after the answer. */
  closes: boolean;
}

/** More than this is left to Node, which refuses it. */
export const MAX_HEAD = 16 * 1024;
/** Of more headers than this, Node reads but these: http.Server's `maxHeadersCount`, by default 2,000 names and values. */
const MAX_HEADERS = 1_000;

// A strict part of RFC 9112: origin-form target, every line with its CRLF, no folding, no control characters.
const WHOLE =
  /^(?:GET|HEAD) \/[!"$-~]* HTTP\/1\.1\r\n(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e\x80-\xff]*\r\n)+\r\n$/;

/**
 * Reads a request that is nothing but a plain GET or HEAD. It never guesses: whatever is not the simplest case (a body, an
 * upgrade, a header given twice, a second request behind the first …) is `undefined`, and left to Node's own parser.
 * For what it reads, it reads what Node reads; that is tested against Node.
 * @param text the bytes as latin1.
 */
export function readRequestHead(text: string): RequestHead | undefined {
  // Asked first because it is cheap: a head that comes byte by byte is not read anew for each.
  if (text.length > MAX_HEAD || !text.endsWith('\r\n\r\n')) return undefined;
  if (!WHOLE.test(text)) return undefined;
  const isHead = text.charCodeAt(0) === 72; // H
  const urlStart = isHead ? 5 : 4;
  const urlEnd = text.indexOf(' ', urlStart);
  const found: Found = {};
  const end = text.length - 2;
  let headers = 0;
  for (let line = urlEnd + ' HTTP/1.1\r\n'.length; line < end;) {
    if (++headers > MAX_HEADERS) return undefined;
    const lineEnd = text.indexOf('\r\n', line);
    const colon = text.indexOf(':', line);
    const field = fieldOf(text, line, colon);
    if (field !== undefined) {
      if (field === 'refused' || found[field] !== undefined) return undefined;
      found[field] = field === 'connection' ? text.slice(colon + 1, lineEnd) : trimmed(text, colon + 1, lineEnd);
    }
    line = lineEnd + 2;
  }
  const { host, connection } = found;
  if (host === undefined || !isHostHeader(host)) return undefined;
  // To Node's parser, `close` with a tab behind is not `close`.
  const closes = connection !== undefined && /^ ?close$/i.test(connection);
  if (connection !== undefined && !closes && !/^ ?keep-alive$/i.test(connection)) return undefined;
  return {
    isHead,
    url: text.slice(urlStart, urlEnd),
    host,
    userAgent: found.userAgent ?? '',
    acceptLanguage: found.acceptLanguage ?? '',
    referrer: found.referrer ?? '',
    forwardedFor: found.forwardedFor,
    purpose: found.secPurpose ?? found.purpose ?? found.xMoz ?? found.xPurpose,
    cookie: found.cookie ?? '',
    doNotTrack: found.dnt === '1' || found.secGpc === '1',
    closes,
  };
}

/**
 * All headers of a request that `readRequestHead` reads, as Node's `headers` has them. What Node does with a name that is
 * given twice depends on the name, so that is left to it (`undefined`), as are `Set-Cookie` and what an object has by itself.
 */
export function readHeaders(text: string): Record<string, string> | undefined {
  const headers: Record<string, string> = {};
  const end = text.length - 2;
  for (let line = text.indexOf('\r\n') + 2; line < end;) {
    const lineEnd = text.indexOf('\r\n', line);
    const colon = text.indexOf(':', line);
    const name = text.slice(line, colon).toLowerCase();
    if (headers[name] !== undefined || name === 'set-cookie') return undefined;
    headers[name] = trimmed(text, colon + 1, lineEnd);
    line = lineEnd + 2;
  }
  return headers;
}

type Field =
  | 'host'
  | 'userAgent'
  | 'acceptLanguage'
  | 'referrer'
  | 'forwardedFor'
  | 'connection'
  | 'secPurpose'
  | 'purpose'
  | 'xMoz'
  | 'xPurpose'
  | 'cookie'
  | 'dnt'
  | 'secGpc';
type Found = Partial<Record<Field, string>>;

/** `refused`: a request that has it is not the simplest case. */
const FIELDS = new Map<string, Field | 'refused'>([
  ['host', 'host'],
  ['user-agent', 'userAgent'],
  ['accept-language', 'acceptLanguage'],
  ['referer', 'referrer'],
  ['x-forwarded-for', 'forwardedFor'],
  ['connection', 'connection'],
  ['sec-purpose', 'secPurpose'],
  ['purpose', 'purpose'],
  ['x-moz', 'xMoz'],
  ['x-purpose', 'xPurpose'],
  ['cookie', 'cookie'],
  ['dnt', 'dnt'],
  ['sec-gpc', 'secGpc'],
  ['content-length', 'refused'],
  ['transfer-encoding', 'refused'],
  ['upgrade', 'refused'],
  ['expect', 'refused'],
  ['proxy-connection', 'refused'],
]);
const LENGTHS = new Set([...FIELDS.keys()].map((name) => name.length));

function fieldOf(text: string, start: number, end: number): Field | 'refused' | undefined {
  return LENGTHS.has(end - start) ? FIELDS.get(text.slice(start, end).toLowerCase()) : undefined;
}

/** Without the spaces and tabs that may stand around a header's value (RFC 9110, 5.5). */
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
