import { type QueryPairs, parseClickQuery } from './click-query.js';
import { CLICK_ID_LENGTH, timeOfClickId } from './click-id.js';

// src/clicks/rules: the pure code of clicks. This file is the record in the spool; click-id.ts is the format of click ids,
// click-query.ts the reading of query parameters, counted-click.ts the facts that counters count, visitor-rules/ the rules about
// bots and people. Start here.

export type ClickKind = 'visit' | 'head' | 'prefetch';

/** A click as the redirect writes it into the spool. Nothing is looked up or decoded yet. */
export interface ClickRecord {
  /** The click id. */
  id: string;
  workspaceId: string;
  linkId: string;
  /** `HEAD` requests and prefetches are redirected, but they are not visits. */
  kind: ClickKind;
  ip: string;
  /** Headers and query are latin1 text, one character for each byte, as Node gives them. */
  userAgent: string;
  acceptLanguage: string;
  referrer: string;
  rawQuery: string;
  flags?: ClickFlags | undefined;
}

/** Facts that only few clicks have. */
export interface ClickFlags {
  /** Name of the rule that decided the destination. */
  rule?: string | undefined;
  /** Name of the variant that was chosen. */
  variant?: string | undefined;
  /** The visitor asked not to be tracked. */
  isPrivate?: true | undefined;
  /** The link's cost of a click, as `0.05 USD`. */
  cost?: string | undefined;
}

/** A click record that was read back from the spool: its texts are decoded. */
export interface SpooledClick extends Omit<ClickRecord, 'rawQuery' | 'flags'> {
  /** Milliseconds since 1970. */
  at: number;
  query: QueryPairs;
  flags: ClickFlags;
}

const VERSION = '1';
const KINDS: Record<string, ClickKind> = { v: 'visit', h: 'head', p: 'prefetch' };
const LETTERS: Record<ClickKind, string> = { visit: 'v', head: 'h', prefetch: 'p' };
const FIELDS = 8;
/** Clicks with flags have one more line. */
const FIELDS_WITH_FLAGS = FIELDS + 1;

// Characters. Browsers do not send longer texts.
const MAX_HEADER = 1_024;
const MAX_QUERY = 2_048;

/**
 * Encodes a click as text, one line for each fact. It runs for every click before the answer, so it neither writes JSON nor
 * validates. The format is on disk: the spool of an earlier version must stay readable.
 */
export function encodeClick(click: ClickRecord): string {
  const { id, workspaceId, linkId, kind, ip, userAgent, acceptLanguage, referrer, rawQuery, flags } = click;
  const query = rawQuery.length > MAX_QUERY ? wholeParameters(rawQuery) : rawQuery;
  return `${VERSION}${LETTERS[kind]}${id}\n${workspaceId}\n${linkId}\n${ip}\n${cut(userAgent)}\n${cut(acceptLanguage)}\n${cut(referrer)}\n${query}${
    flags === undefined ? '' : encodeFlags(flags)
  }`;
}

const PRIVATE_LINE = '\np=1';

/** The line of flags with a line break before it. Empty when there are none. */
function encodeFlags({ rule, variant, isPrivate, cost }: ClickFlags): string {
  if (rule === undefined && variant === undefined) {
    if (cost !== undefined) return `\nc=${cost}${isPrivate ? '&p=1' : ''}`; // a cost has no characters to encode
    return isPrivate ? PRIVATE_LINE : '';
  }
  const flags = {
    ...(rule !== undefined && { r: rule }),
    ...(variant !== undefined && { v: variant }),
    ...(isPrivate && { p: '1' }),
    ...(cost !== undefined && { c: cost }),
  };
  return `\n${new URLSearchParams(flags).toString()}`;
}

function decodeFlags(line: string | undefined): ClickFlags {
  if (line === undefined) return NO_FLAGS;
  const flags = new URLSearchParams(line);
  return {
    rule: flags.get('r') ?? undefined,
    variant: flags.get('v') ?? undefined,
    isPrivate: flags.has('p') ? true : undefined,
    cost: flags.get('c') ?? undefined,
  };
}

const NO_FLAGS: ClickFlags = Object.freeze({});

/** Decodes a record of the spool. @throws Error when `encodeClick` did not write it. */
export function decodeClick(payload: Buffer): SpooledClick {
  const lines = payload.toString('latin1').split('\n'); // one character for each byte, as received
  const [
    head = '',
    workspaceId = '',
    linkId = '',
    ip = '',
    userAgent = '',
    acceptLanguage = '',
    referrer = '',
    rawQuery = '',
    flags,
  ] = lines;
  const id = head.slice(2);
  const at = timeOfClickId(id);
  const kind = KINDS[head.charAt(1)];
  const isWhole = lines.length === FIELDS || lines.length === FIELDS_WITH_FLAGS;
  if (head.charAt(0) !== VERSION || !isWhole || id.length !== CLICK_ID_LENGTH || kind === undefined) {
    throw new Error('the spool has a record that is not a click');
  }
  if (at === undefined || workspaceId === '' || linkId === '')
    throw new Error('the spool has a click without a workspace or link');
  return {
    id,
    workspaceId,
    linkId,
    at,
    ip,
    userAgent: asText(userAgent),
    acceptLanguage: asText(acceptLanguage),
    referrer: asText(referrer),
    query: parseClickQuery(rawQuery),
    kind,
    flags: decodeFlags(flags),
  };
}

/** Header values are bytes, nearly always of UTF-8. */
function asText(header: string): string {
  return /[\x80-\xff]/.test(header) ? Buffer.from(header, 'latin1').toString('utf8') : header;
}

function cut(header: string): string {
  return header.length > MAX_HEADER ? header.slice(0, MAX_HEADER) : header;
}

/** Cuts between parameters, as a part of a parameter would be read as a whole one. */
function wholeParameters(rawQuery: string): string {
  return rawQuery.slice(0, Math.max(0, rawQuery.lastIndexOf('&', MAX_QUERY)));
}
