import type { Notice } from '../../../platform/vocabulary/notice.js';

/** Which network a request is addressed to, whatever was done to its URL on the way. */
export interface NetworkTarget {
  kind: 'postback' | 'pixel';
  /** 24 letters and digits; whether a network has it is not known here. */
  key: string;
  /** Behind the key, as sent. Read it with `readParameters`. */
  query: string;
  /** What stands before and behind the key in the path. */
  before: string;
  after: string;
  /** What was guessed. */
  notices: readonly Notice[];
  /** The key does not stand where it belongs: what the rest means is not known. */
  isStray?: boolean;
}

const SLASH = '[/\\\\]|%2F|%5C';
const SPACE = '%20|%09|%0A|%0D|\\+|%C2%A0|%E2%80%8B|%EF%BB%BF';
const QUOTE = '[\\{"\'<\\[\\(:=\\$.*]|%(?:7B|22|27|3C|5B|28)';
const LETTER = '[0-9A-Za-z]|%3[0-9]|%[46][1-9A-F]|%[57][0-9A]';
/** No slug of a link can look like this: they hold no spaces, no empty segments and not the first segment `postback`. */
const ADDRESS = new RegExp(
  `^((?:${SLASH}|${SPACE}|\\./)*(postback|pixel)(?:${SPACE})*(?:${SLASH})(?:${SLASH}|${SPACE}|${QUOTE})*)((?:${LETTER}){24})(?!${LETTER})(.*)$`,
  'is',
);
const STRAY = /^\/(?:postback|pixel)(?![0-9A-Za-z-]).*?(?<![0-9A-Za-z])([0-9A-Za-z]{24})(?![0-9A-Za-z])/is;
const QUERY_BEGINS = /\?|&(?:#0*63|quest);|&|%(?:25)?3F|%(?:25)?26/i;
/** What may stand behind a key without a meaning, and needs no word: the slash, and a pixel's ending. */
const USUAL_END = /^(?:\.gif)?\/?$/i;
const PARAMETER_BEGINS = /^(?:%[0-9A-F]{2}|[^0-9A-Za-z%])*(?=[\w.[\]-]{1,100}(?:=|%3D))/i;
const SESSION = /^;jsessionid=/i;
const MAX_SHOWN = 60;

/** @param target path and query, ASCII. @returns `undefined` for what names no key: it is for others, or a 404. */
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
 * Whether a request that could be a short link's is a network's: to be asked for each visit, so most answers take one look
 * at one letter.
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

/** A key that stands anywhere else in a URL that begins like a network's: what was meant is not known, but who by. */
export function strayKey(target: string): string | undefined {
  return STRAY.exec(target)?.[1];
}

function splitRest(rest: string): { after: string; query: string; mark: string } {
  const mark = QUERY_BEGINS.exec(rest);
  const at = mark?.index ?? rest.length;
  const after = rest.slice(0, at);
  const found = mark?.[0] ?? '';
  const query = rest.slice(at + found.length);
  // `/KEY/click_id=…&event=…`: the parameters began before any mark.
  const begin = SESSION.test(after) ? null : PARAMETER_BEGINS.exec(after);
  if (begin !== null && after !== '') {
    return { after: begin[0], query: after.slice(begin[0].length) + rest.slice(at), mark: begin[0] };
  }
  return { after, query: found.startsWith('%') ? decodedOnce(query) : query, mark: found };
}

/** Behind an encoded question mark all may be encoded. */
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
      ? `Behind the key the URL has "${shown(after)}", which was left out: the parameters begin with "?" right behind the key.`
      : `Behind the key the URL has "${shown(mark)}" where "?" belongs; it was read as if "?" stood there. Correct the postback URL.`;
  return [{ code: 'mended_address', text }];
}

function shown(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
