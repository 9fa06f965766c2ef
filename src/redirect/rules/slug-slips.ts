import { isReservedPath, MAX_SLUG_LENGTH } from '../../links/rules/slug.js';
import { decodePercent } from '../../platform/urls/percent-text.js';

/** A slug that an address without a link may mean. */
export interface Slip {
  /** May end with the `+` of a preview. */
  slug: string;
  isPreview: boolean;
  /** The `/` at the end of the path, which is not part of the slug. */
  trailingSlash: '/' | '';
  /** The part of the path that belongs to the query, without the `&` or `?` before it. Printable ASCII or bytes, as sent. */
  query: string;
}

/** Each slip costs a look-up. */
const MAX_SLIPS = 8;
/** Slips that remove one character after the other from the end. One more removes all possible characters. */
const MAX_STEPS = 4;
/** Maximum number of characters to remove from the end. */
const MAX_JUNK = 200;
/** Longer than any slug, percent-encoded twice. */
const MAX_HEAD = 3_000;
const MAX_PATH = 8_192;

/** The `&` of `&name=`, also where the `&` or `?` was encoded. */
const PARAMETER = /(?:&|%26|%3f)(?=(?:(?!%26|%3f)[^&=/]){1,64}?(?:=|%3d))/i;
const SEPARATOR = /&|%26|%3f|%23|#/i;
/** `;jsessionid=…` and similar parameters. */
const PATH_PARAMETERS = /(?:;|%3b)[\w.-]{1,64}(?:=|%3d)(?:(?!%3b)[^;])*/gi;
/** A path that was encoded twice, as no slug contains a `%`. */
const ENCODED_TWICE = /^[^&]*?%25[0-9a-f]{2}/i;

const NO_LETTER = String.raw`\s\p{P}\p{Sm}\p{Sc}\p{Sk}\p{Z}\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}`;
/** Bytes of quotes, dots and dashes in windows-1252 and -1251, and first bytes of these in UTF-8. Others may be letters. */
const BYTES = String.raw`[\u{dc82}\u{dc84}\u{dc85}\u{dc8b}\u{dc91}-\u{dc97}\u{dc9b}\u{dca0}\u{dcab}\u{dcb7}\u{dcbb}]`;
/** A character or undecodable byte that is unlikely to be the end of a slug. */
const JUNK = new RegExp(`^(?:[${NO_LETTER}]|${BYTES})$`, 'u');
/** Emoji and similar. Some slugs consist of them, so they are removed only from slugs with letters or digits. */
const PICTURE = /^[\p{So}\u{1f3fb}-\u{1f3ff}]$/u;
const HAS_WORD = /[\p{L}\p{N}]/u;
const LEADING_JUNK = new RegExp(
  `^(?:[\\s/\\p{Z}\\p{Cc}\\p{Cf}\\p{Ps}\\p{Pi}"'\`<*+\\\\\\p{Default_Ignorable_Code_Point}]|${BYTES})+`,
  'u',
);
/** Invisible characters that no slug contains. Joiners are excepted, as some scripts need them. */
const INVISIBLE = /(?![\u200c\u200d])\p{Cf}/gu;
/** The begin of text or markup that follows an address. */
const FOLLOWING_TEXT = /[\r\n\t"<>\\`]|\]\(|[\s,;|]{1,4}https?:/;
const IN_NO_SLUG = /[\s\p{Cc}?#%\\{}]|\p{Surrogate}|\/\/|^\/|\/$/u;

/**
 * Proposes slugs for a path without a link, by removing characters that a sentence, a mail or a program added. The most similar
 * slugs come first: `/summer).` → `summer)`, `summer`.
 * @param path as sent, without the query.
 */
export function slipsOf(path: string): Slip[] {
  if (path.length > MAX_PATH) return [];
  const raw = encodedOnce(path.slice(1));
  const asked = withoutSlash(slugText(path.slice(1)));
  const slips = new Map<string, Slip>();
  const add = (slug: string, trailingSlash: Slip['trailingSlash'], query: string): void => {
    if (slug === asked || slips.has(slug) || slips.size === MAX_SLIPS || !isPossible(slug)) return;
    slips.set(slug, { slug, isPreview: slug.endsWith('+') || asked.endsWith('+'), trailingSlash, query });
  };
  for (const { head, query } of headsOf(raw)) {
    if (head.length > MAX_HEAD) continue;
    const text = cleaned(slugText(head));
    add(withoutSlash(text), text.endsWith('/') ? '/' : '', query);
    for (const shorter of shortened(text)) add(shorter, '', query);
    const end = text.search(FOLLOWING_TEXT);
    if (end > 0) add(text.slice(0, end), '', query);
  }
  return [...slips.values()];
}

/** Joins two parts of a raw query. */
export function joinedQueries(first: string, second: string): string {
  return first === '' || second === '' ? first + second : `${first}&${second}`;
}

/** Splits the path where it may end and a query or other text begin. The longest heads come first. */
function* headsOf(raw: string): Generator<{ head: string; query: string }> {
  yield { head: raw, query: '' };
  const end = raw.search(SEPARATOR);
  const path = end < 0 ? raw : raw.slice(0, end);
  const bare = path.replaceAll(PATH_PARAMETERS, '') + raw.slice(path.length);
  if (bare !== raw) yield { head: bare, query: '' };
  for (const separator of [PARAMETER, SEPARATOR]) {
    const match = separator.exec(bare);
    if (match === null) continue;
    const [found] = match;
    const tail = bare.slice(match.index + found.length);
    yield { head: bare.slice(0, match.index), query: found === '#' || found === '%23' ? '' : queryOf(tail) };
  }
}

/** @param tail the text after the first `&` or `?`. It may have been encoded as part of the path. */
function queryOf(tail: string): string {
  const isEncoded = !tail.includes('=') && /%3d/i.test(tail);
  return (isEncoded ? decodedOnce(tail) : tail)
    .split('&')
    .filter((part) => part !== '' && !HTML_ENTITY.test(part))
    .join('&')
    .replaceAll(NOT_SENT, encodeURIComponent);
}

/** An HTML entity such as `quot;`, whose `&` belonged to the text around the address. */
const HTML_ENTITY = /^(?!amp;)(?:#|%23)?\w{1,10};[^=]*$/i;
/** Characters that no query is sent with, and that would break the line of a click record. */
const NOT_SENT = /[\s#\p{Cc}]/gu;

function decodedOnce(text: string): string {
  try {
    return decodeURIComponent(text).replaceAll(/[^\0-\x7f]/gu, encodeURIComponent);
  } catch {
    return text;
  }
}

function encodedOnce(raw: string): string {
  if (!ENCODED_TWICE.test(raw)) return raw;
  const end = raw.indexOf('&');
  const head = end < 0 ? raw : raw.slice(0, end);
  return head.replaceAll(/%25(?=[0-9a-f]{2})/gi, '%') + raw.slice(head.length);
}

function slugText(raw: string): string {
  return decodePercent(raw).normalize('NFC');
}

function cleaned(text: string): string {
  return text
    .replaceAll(INVISIBLE, '')
    .replace(LEADING_JUNK, '')
    .replaceAll(/\/{2,}/g, '/');
}

function withoutSlash(text: string): string {
  return text.endsWith('/') ? text.slice(0, -1) : text;
}

/** The text without its last character, its last two, and so on, while these are unlikely in a slug. */
function shortened(text: string): string[] {
  const characters = [...text];
  const hasWord = HAS_WORD.test(text);
  const steps: string[] = [];
  for (let taken = 0; taken < MAX_JUNK; taken++) {
    const length = lengthWithoutLast(characters, hasWord);
    if (length === characters.length) break;
    characters.length = length;
    if (steps.length < MAX_STEPS) steps.push(characters.join(''));
  }
  const shortest = characters.join('');
  return shortest === text || steps.includes(shortest) ? steps : [...steps, shortest];
}

/** The length without the last character. A `%` with one digit is a truncated encoding and counts as one character. */
function lengthWithoutLast(characters: readonly string[], hasWord: boolean): number {
  const last = characters.at(-1) ?? '';
  if (last === '\udc80' && characters.at(-2) === '\udce2') return characters.length - 2; // begins a quote or dash in UTF-8
  if (PICTURE.test(last)) return characters.length - (hasWord ? 1 : 0);
  if (JUNK.test(last)) return characters.length - 1;
  return characters.at(-2) === '%' && /^[0-9a-f]$/i.test(last) ? characters.length - 2 : characters.length;
}

function isPossible(slug: string): boolean {
  if (slug.length > MAX_SLUG_LENGTH + 1 || /^(?:\+|\.{0,2})$/.test(slug)) return false;
  return !IN_NO_SLUG.test(slug) && !isReservedPath(slug);
}
