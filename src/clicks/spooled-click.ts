import { type QueryPairs, parseClickQuery } from './click-query.js';
import { CLICK_ID_LENGTH, timeOfClickId } from './click-id.js';

export type ClickKind = 'visit' | 'head' | 'prefetch';

/** A click as the redirect knows it: nothing is looked up or worked out yet. */
export interface SpooledClick {
  /** The click id. */
  id: string;
  workspaceId: string;
  linkId: string;
  /** Milliseconds since 1970. */
  at: number;
  ip: string;
  userAgent: string;
  language: string;
  referrer: string;
  query: QueryPairs;
  /** `HEAD` requests and prefetches are redirected but are no visits. */
  kind: ClickKind;
  marks: ClickMarks;
}

/** What is known of few clicks only. */
export interface ClickMarks {
  /** The name of the rule that decided where the click went. */
  rule?: string | undefined;
  /** The name of the variant that it went to. */
  variant?: string | undefined;
  /** Who clicked has asked not to be tracked. */
  isPrivate?: true | undefined;
}

export interface ClickHeaders {
  userAgent: string;
  acceptLanguage: string;
  referrer: string;
}

const VERSION = '1';
const KINDS: Record<string, ClickKind> = { v: 'visit', h: 'head', p: 'prefetch' };
const LETTERS: Record<ClickKind, string> = { visit: 'v', head: 'h', prefetch: 'p' };
const FIELDS = 8;
/** Clicks that have marks have a line more. */
const FIELDS_WITH_MARKS = FIELDS + 1;

// What is longer than this is no browser's.
const MAX_HEADER = 1_024;
const MAX_QUERY = 2_048;

/**
 * A click as one line of text for each of its facts. No JSON and no look at the content: this is written for every click
 * before it is answered.
 * @param owner the lines that are the same for all clicks of a link: workspace and link id, each with its line break.
 * @param headers latin1 text as Node gives it: one character a byte. So is the query.
 * @param marks what `encodeMarks` gives.
 */
export function encodeClick(
  clickId: string,
  owner: string,
  kind: ClickKind,
  ip: string,
  headers: ClickHeaders,
  rawQuery: string,
  marks = '',
): string {
  const { userAgent, acceptLanguage, referrer } = headers;
  return `${VERSION}${LETTERS[kind]}${clickId}\n${owner}${ip}\n${cut(userAgent)}\n${cut(acceptLanguage)}\n${cut(referrer)}\n${
    rawQuery.length > MAX_QUERY ? wholeParameters(rawQuery) : rawQuery
  }${marks}`;
}

/** The line of a click's marks with its line break before it; empty when it has none. */
export function encodeMarks({ rule, variant, isPrivate }: ClickMarks): string {
  if (rule === undefined && variant === undefined && isPrivate === undefined) return '';
  const marks = { ...(rule !== undefined && { r: rule }), ...(variant !== undefined && { v: variant }) };
  return `\n${new URLSearchParams({ ...marks, ...(isPrivate && { p: '1' }) }).toString()}`;
}

function decodeMarks(line: string | undefined): ClickMarks {
  if (line === undefined) return NO_MARKS;
  const marks = new URLSearchParams(line);
  return {
    rule: marks.get('r') ?? undefined,
    variant: marks.get('v') ?? undefined,
    isPrivate: marks.has('p') ? true : undefined,
  };
}

const NO_MARKS: ClickMarks = Object.freeze({});

/** @throws Error when it is not what `encodeClick` wrote. */
export function decodeClick(payload: Buffer): SpooledClick {
  const lines = payload.toString('latin1').split('\n'); // one character a byte, as it came
  const [
    head = '',
    workspaceId = '',
    linkId = '',
    ip = '',
    userAgent = '',
    language = '',
    referrer = '',
    rawQuery = '',
    marks,
  ] = lines;
  const id = head.slice(2);
  const at = timeOfClickId(id);
  const kind = KINDS[head.charAt(1)];
  const isWhole = lines.length === FIELDS || lines.length === FIELDS_WITH_MARKS;
  if (head.charAt(0) !== VERSION || !isWhole || id.length !== CLICK_ID_LENGTH || kind === undefined) {
    throw new Error('the spool has a record that is no click');
  }
  if (at === undefined || workspaceId === '' || linkId === '')
    throw new Error('the spool has a click without an owner');
  return {
    id,
    workspaceId,
    linkId,
    at,
    ip,
    userAgent: asText(userAgent),
    language: asText(language),
    referrer: asText(referrer),
    query: parseClickQuery(rawQuery),
    kind,
    marks: decodeMarks(marks),
  };
}

/** Header values are bytes; nearly everybody means UTF-8 by them. */
function asText(header: string): string {
  return /[\x80-\xff]/.test(header) ? Buffer.from(header, 'latin1').toString('utf8') : header;
}

function cut(header: string): string {
  return header.length > MAX_HEADER ? header.slice(0, MAX_HEADER) : header;
}

/** What is cut off in the middle would be taken for a value. */
function wholeParameters(rawQuery: string): string {
  return rawQuery.slice(0, Math.max(0, rawQuery.lastIndexOf('&', MAX_QUERY)));
}
