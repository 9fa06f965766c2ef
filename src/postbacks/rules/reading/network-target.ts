import type { Notice } from '../../../platform/vocabulary/notice.js';

/** The network that a request is addressed to, read from a URL that may have been altered on the way. */
export interface NetworkTarget {
  kind: 'postback' | 'pixel';
  /** 24 letters and digits. It may be the key of no network. */
  key: string;
  /** The text after the key, as sent, for `readParameters`. */
  query: string;
  /** The path before and after the key. */
  before: string;
  after: string;
  /** The corrections that were made. */
  notices: readonly Notice[];
  /** The key is in an unexpected place, so the rest of the URL is not read. */
  isStray?: boolean;
}

const SLASH = '[/\\\\]|%2F|%5C';
const SPACE = '%20|%09|%0A|%0D|\\+|%C2%A0|%E2%80%8B|%EF%BB%BF';
const QUOTE = '[\\{"\'<\\[\\(:=\\$.*]|%(?:7B|22|27|3C|5B|28)';
const LETTER = '[0-9A-Za-z]|%3[0-9]|%[46][1-9A-F]|%[57][0-9A]';
/** No slug matches this: slugs have no spaces, no empty segments, and never begin with the segment `postback`. */
const ADDRESS = new RegExp(
  `^((?:${SLASH}|${SPACE}|\\./)*(postback|pixel)(?:${SPACE})*(?:${SLASH})(?:${SLASH}|${SPACE}|${QUOTE})*)((?:${LETTER}){24})(?!${LETTER})(.*)$`,
  'is',
);
const STRAY = /^\/(?:postback|pixel)(?![0-9A-Za-z-]).*?(?<![0-9A-Za-z])([0-9A-Za-z]{24})(?![0-9A-Za-z])/is;
const QUERY_BEGINS = /\?|&(?:#0*63|quest);|&|%(?:25)?3F|%(?:25)?26/i;
/** Endings that have no meaning and need no notice: a slash, and `.gif` of a pixel. */
const USUAL_END = /^(?:\.gif)?\/?$/i;
const PARAMETER_BEGINS = /^(?:%[0-9A-F]{2}|[^0-9A-Za-z%])*(?=[\w.[\]-]{1,100}(?:=|%3D))/i;
const SESSION = /^;jsessionid=/i;
const MAX_SHOWN = 60;

/**
 * Finds the key in a request target.
 * @param target path and query, ASCII.
 * @returns `undefined` if it names no key: another route answers it, or it is a 404.
 */
export function locateNetwork(target: string): NetworkTarget | undefined {
  const [, before, kind, key, rest] = ADDRESS.exec(target) ?? [];
  if (before === undefined || kind === undefined || key === undefined || rest === undefined) return undefined;
  const { after, query, mark } = splitRest(rest);
  return {
    kind: kind.toLowerCase() === 'pixel' ? 'pixel' : 'postback',
    key: key.replaceAll(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    query,
    before,
    after,
    notices: noticesOf(after, mark),
  };
}

/**
 * True if the URL is addressed to a network and not to a short link. Called for each visit, so one letter decides in most
 * cases.
 */
export function isNetworkTarget(url: string): boolean {
  switch (url.charCodeAt(1)) {
    case 0x70: // p
    case 0x50: // P
    case 0x2f: // /
    case 0x5c: // \
    case 0x25: // %
    case 0x2e: // .
      return ADDRESS.test(url);
    default:
      return false;
  }
}

/** A key in an unexpected place of a URL that begins with /postback or /pixel. It identifies the network, nothing more. */
export function strayKey(target: string): string | undefined {
  return STRAY.exec(target)?.[1];
}

function splitRest(rest: string): { after: string; query: string; mark: string } {
  const mark = QUERY_BEGINS.exec(rest);
  const at = mark?.index ?? rest.length;
  const after = rest.slice(0, at);
  const found = mark?.[0] ?? '';
  const query = rest.slice(at + found.length);
  // `/KEY/click_id=…&event=…`: the parameters begin before any separator.
  const begin = SESSION.test(after) ? null : PARAMETER_BEGINS.exec(after);
  if (begin !== null && after !== '') {
    return { after: begin[0], query: after.slice(begin[0].length) + rest.slice(at), mark: begin[0] };
  }
  return { after, query: found.startsWith('%') ? decodedOnce(query) : query, mark: found };
}

/** After an encoded question mark, the whole query may be encoded. */
function decodedOnce(query: string): string {
  return query.includes('=')
    ? query
    : query.replaceAll(/%(?:2[1-9A-F]|3[0-9A-F]|[46][1-9A-F]|40|5[0-9A-F]|60|7[0-9A-E])/gi, decodedLetter);
}

export function decodedLetter(percent: string): string {
  return String.fromCharCode(Number.parseInt(percent.slice(1), 16));
}

function noticesOf(after: string, mark: string): Notice[] {
  const isEnd = USUAL_END.test(after);
  if (isEnd && (mark === '' || mark === '?')) return [];
  const text =
    mark === '' || mark === '?'
      ? `After the key, the URL has "${shown(after)}", which was ignored: the parameters must begin with "?" directly after the key.`
      : `After the key, the URL has "${shown(mark)}" instead of "?"; it was read as "?". Correct the postback URL.`;
  return [{ code: 'mended_address', text }];
}

function shown(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
